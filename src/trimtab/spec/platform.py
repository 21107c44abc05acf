"""The declaration itself: one object, `trimtab:platform` in a stack's configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from trimtab.spec.artifact_store import ArtifactStore
from trimtab.spec.audit import AuditTrail
from trimtab.spec.base import SpecModel
from trimtab.spec.changes import Changes
from trimtab.spec.cluster.cluster import Cluster
from trimtab.spec.feature_store import FeatureStore
from trimtab.spec.model_registry import ModelRegistry
from trimtab.spec.monitoring import Monitoring
from trimtab.spec.network import Network, NewNetwork
from trimtab.spec.owner import Context, DataClassification, Environment, Owner
from trimtab.spec.pipelines import Pipelines
from trimtab.spec.references import check_references
from trimtab.spec.serving import ServingEndpoint
from trimtab.spec.training_pool import TrainingPool
from trimtab.spec.units import Money

PRODUCTION_FLOOR = 2
"""Instances behind a production endpoint at least: one zone may fail."""

if TYPE_CHECKING:
    from collections.abc import Iterable

PlatformName = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9-]{1,14}[a-z0-9]$",
        description="3 to 16 lower-case letters, digits and hyphens; it begins every resource's name.",
    ),
]


class Platform(SpecModel):
    """A whole MLOps platform. Every part but the network and the artifact store may be left out."""

    name: PlatformName
    environment: Environment
    owner: Owner
    data_classification: DataClassification = "internal"
    changes: Changes | None = None
    """When the analyser may change it; absent: at any hour."""
    monthly_budget: Money | None = None
    """What the platform may cost in a month; the owner is told at 80 and at 100 %."""
    network: Network = NewNetwork()
    artifact_store: ArtifactStore = ArtifactStore()
    model_registry: ModelRegistry | None = None
    feature_store: FeatureStore | None = None
    training_pools: tuple[TrainingPool, ...] = ()
    serving_endpoints: tuple[ServingEndpoint, ...] = ()
    monitoring: Monitoring | None = None
    pipelines: Pipelines | None = None
    cluster: Cluster | None = None
    """The Kubernetes half: GPU pools, serving, training, MLflow and others."""
    audit_trail: AuditTrail | None = None

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        check_references(self)
        return self

    def context(self) -> Context:
        """Return what the platform's components share."""
        return Context(
            platform=self.name,
            environment=self.environment,
            owner=self.owner,
            data_classification=self.data_classification,
        )

    def model_groups(self) -> Iterable[str]:
        """Return the names of the registry's groups."""
        return (group.name for group in self.model_registry.groups) if self.model_registry else ()
