"""Which model is served, pinned so that it can be named again in a year."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.units import GiB, Name

ImageDigest = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_./:-]+@sha256:[0-9a-f]{64}$",
        description="A container image by digest, REPOSITORY@sha256:…; a tag may move.",
    ),
]


class RegisteredModel(SpecModel):
    """A version of a model package group; only an approved one is deployed."""

    type: Literal["registered"]
    group: Name
    """A group of the model registry."""
    version: Annotated[int, Field(ge=1)]
    image: ImageDigest
    data_key: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9_./=-]+$", description="Key in the model bucket, without a slash first.")
    ]
    gpu_memory_gib: GiB | None = None
    """GPU memory that the loaded model needs; the analyser never goes below it."""


class HuggingFaceModel(SpecModel):
    """A model of the Hugging Face hub by commit: `main` would be another model tomorrow."""

    type: Literal["hugging-face"]
    group: Name
    """The registry group that its evaluation and approval are recorded in."""
    model_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$", description="OWNER/MODEL on the hub.")]
    revision: Annotated[
        str, Field(pattern=r"^[0-9a-f]{40}$", description="A commit id, 40 hexadecimal digits; not a branch.")
    ]
    task: Annotated[
        str,
        Field(pattern=r"^[a-z-]+$", description="A pipeline task: text-generation, feature-extraction, …"),
    ]
    image: ImageDigest
    gpu_memory_gib: GiB | None = None


ModelSource = Annotated[RegisteredModel | HuggingFaceModel, Field(discriminator="type")]
