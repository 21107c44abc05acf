"""Model packages with approval, images that cannot change, and a tracking server."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.owner import Owner
from trimtab.spec.units import Name


class ModelCard(SpecModel):
    """What whoever deploys a model is told of it (EU AI Act, article 13)."""

    intended_use: Annotated[str, Field(min_length=1, max_length=1024)] | None = None
    """For which decisions, about whom."""
    limits: Annotated[str, Field(min_length=1, max_length=1024)] | None = None
    """Where it fails, and what it must not be used for."""
    risk_rating: Literal["low", "medium", "high", "unknown"] = "unknown"
    approved: bool = False
    """Whether a person has reviewed the card."""


class ModelGroup(SpecModel):
    """One model's versions, each approved before it may be served."""

    name: Name
    description: Annotated[str, Field(min_length=1, max_length=1024)]
    card: ModelCard = ModelCard()
    owner: Owner | None = None


class ImageRepository(SpecModel):
    """An ECR repository: tags never move, every push is scanned."""

    name: Name
    images_kept: Annotated[int, Field(ge=1, le=1000)] = 50
    """Newest images that the lifecycle policy keeps."""


class TrackingServer(SpecModel):
    """SageMaker's managed MLflow server."""

    size: Literal["Small", "Medium", "Large"] = "Small"
    mlflow_version: Annotated[
        str, Field(pattern=r"^[0-9]+\.[0-9]+(\.[0-9]+)?$", description="A version, 2.16 or 2.16.2.")
    ] = "2.16"


class ModelRegistry(SpecModel):
    """The registry: which model is in production, and what it was."""

    groups: Annotated[tuple[ModelGroup, ...], Field(min_length=1)]
    repositories: tuple[ImageRepository, ...] = ()
    tracking_server: TrackingServer | None = None
