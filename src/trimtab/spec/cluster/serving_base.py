"""What every served model says, whichever way it is served on a cluster."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.spec.audit import RiskClass
from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.serving_review import ServedReview
from trimtab.spec.model_source import ImageDigest
from trimtab.spec.owner import DataClassification, Owner, ServiceClass
from trimtab.spec.units import EachOnce, GiB, Name

ZoneSpread = Literal["required", "preferred", "none"]


class Served(SpecModel):
    """A model that answers on a cluster."""

    name: Name
    namespace: Name
    """The namespace of the team that serves it."""
    model_group: Name
    """The registry group that its evaluation and approval are recorded in."""
    image: ImageDigest
    gpu_memory_gib: GiB | None = None
    """GPU memory that the loaded model needs; the analyser never goes below it."""
    latency_p99_ms: Annotated[int, Field(ge=1, le=600_000)] = 500
    """Latency objective of one request, in milliseconds."""
    drift_monitor: bool = True
    """Whether its inputs and answers are watched for drift."""
    eu_ai_act_risk: RiskClass = "limited"
    """Risk class of what its answers decide, under the EU AI Act; it is a label on whatever serves."""
    human_review: ServedReview | None = None
    """Who looks at its answers; a high-risk system needs somebody (article 14)."""
    service_class: ServiceClass = "standard"
    spread_over_zones: ZoneSpread = "preferred"
    """Whether replicas must, should or need not lie in different zones."""
    max_unavailable: Annotated[int, Field(ge=1, le=100)] = 1
    """Replicas that a drain or a consolidation of nodes may take away at once."""
    callers: Annotated[tuple[Name, ...], EachOnce] = ()
    """Other namespaces whose pods may call it; its own may always."""
    owner: Owner | None = None
    data_classification: DataClassification | None = None
