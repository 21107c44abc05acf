"""The parts of a platform as Pulumi components.

A name is imported when it is asked for (PEP 562): every part brings the SDK's modules of its own services, and a
program should load only those of the parts that it declares.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trimtab.components.artifact_store import ArtifactStore
    from trimtab.components.audit_trail import AuditTrail
    from trimtab.components.budget import Budget
    from trimtab.components.cluster import Cluster
    from trimtab.components.cluster_monitoring import ClusterMonitoring
    from trimtab.components.cluster_pipelines import ClusterPipelines
    from trimtab.components.feast import Feast
    from trimtab.components.feature_store import FeatureStore
    from trimtab.components.gpu_pool import GpuPool
    from trimtab.components.human_review import HumanReview
    from trimtab.components.mlflow import MLflow
    from trimtab.components.model_registry import ModelRegistry
    from trimtab.components.model_server import ModelServer
    from trimtab.components.monitoring import AlarmTopic, Monitoring
    from trimtab.components.network import Network
    from trimtab.components.pipelines import Pipelines
    from trimtab.components.serving_endpoint import ServingEndpoint
    from trimtab.components.tenancy import Tenancy
    from trimtab.components.training_pool import TrainingPool
    from trimtab.components.training_runtimes import TrainingRuntimes
    from trimtab.components.weights_and_biases import WeightsAndBiases

__all__ = [
    "AlarmTopic",
    "ArtifactStore",
    "AuditTrail",
    "Budget",
    "Cluster",
    "ClusterMonitoring",
    "ClusterPipelines",
    "Feast",
    "FeatureStore",
    "GpuPool",
    "HumanReview",
    "MLflow",
    "ModelRegistry",
    "ModelServer",
    "Monitoring",
    "Network",
    "Pipelines",
    "ServingEndpoint",
    "Tenancy",
    "TrainingPool",
    "TrainingRuntimes",
    "WeightsAndBiases",
]

_HOMES = {
    "WeightsAndBiases": "weights_and_biases",
    "TrainingRuntimes": "training_runtimes",
    "Tenancy": "tenancy",
    "ModelServer": "model_server",
    "MLflow": "mlflow",
    "GpuPool": "gpu_pool",
    "Feast": "feast",
    "ClusterPipelines": "cluster_pipelines",
    "ClusterMonitoring": "cluster_monitoring",
    "Cluster": "cluster",
    "AlarmTopic": "monitoring",
    "ArtifactStore": "artifact_store",
    "AuditTrail": "audit_trail",
    "Budget": "budget",
    "FeatureStore": "feature_store",
    "HumanReview": "human_review",
    "ModelRegistry": "model_registry",
    "Monitoring": "monitoring",
    "Network": "network",
    "Pipelines": "pipelines",
    "ServingEndpoint": "serving_endpoint",
    "TrainingPool": "training_pool",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
