"""The servers that all teams on a platform's cluster share, wired to the cluster and to the AWS half."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from trimtab import components as parts

if TYPE_CHECKING:
    from collections.abc import Callable

    import pulumi

    from trimtab.components.artifact_store import ArtifactStore
    from trimtab.components.cluster_monitoring import ClusterMonitoring, ClusterMonitoringArgs
    from trimtab.components.cluster_pipelines import ClusterPipelines, ClusterPipelinesArgs
    from trimtab.components.feast import Feast, FeastArgs
    from trimtab.components.feature_store import FeatureStore
    from trimtab.components.mlflow import MLflow, MLflowArgs
    from trimtab.components.weights_and_biases import WeightsAndBiases, WeightsAndBiasesArgs
    from trimtab.spec.cluster.cluster import EksCluster, ExistingCluster


@dataclass
class ClusterServices:
    """Declares the shared servers as they are asked for, each once.

    Attributes:
        spec: the cluster's declaration.
        store: the buckets of data and models.
        features: the feature store in AWS, whose history Feast may read.
        wired: path below the cluster → what a server is told of where it lies.
        opts: options of what lives on the cluster.
    """

    spec: EksCluster | ExistingCluster
    store: ArtifactStore
    features: FeatureStore | None
    wired: Callable[[str], dict[str, Any]]
    opts: pulumi.ResourceOptions

    def build(self) -> dict[str, Any]:
        """Declare every server that the cluster has.

        Returns:
            Outputs of the stack, by name; None for what is not declared.
        """
        declared = (self.weights_and_biases, self.monitoring)
        del declared  # Asking for a server declares it.
        return {
            "mlflowUri": self.mlflow and self.mlflow.tracking_uri,
            "featureServerUrl": self.feast and self.feast.server_url,
        }

    @cached_property
    def mlflow(self) -> MLflow | None:
        """Experiments and the registry of models."""
        if self.spec.mlflow is None:
            return None
        wired = {
            **self.wired("mlflow"),
            "spec": self.spec.mlflow,
            "artifact_bucket": self.store.model_bucket,
        }
        return parts.MLflow("mlflow", cast("MLflowArgs", wired), opts=self.opts)

    @cached_property
    def weights_and_biases(self) -> WeightsAndBiases | None:
        """The Weights & Biases server."""
        if self.spec.weights_and_biases is None:
            return None
        wired = {**self.wired("weightsAndBiases"), "spec": self.spec.weights_and_biases}
        return parts.WeightsAndBiases("wandb", cast("WeightsAndBiasesArgs", wired), opts=self.opts)

    @cached_property
    def feast(self) -> Feast | None:
        """The open-source feature store."""
        if self.spec.feast is None:
            return None
        wired = {**self.wired("feast"), "spec": self.spec.feast, "bucket": self.store.data_bucket}
        if self.features is not None:
            wired["athena_database"] = self.features.database
            wired["athena_workgroup"] = self.features.workgroup
        return parts.Feast("feast", cast("FeastArgs", wired), opts=self.opts)

    @cached_property
    def pipelines(self) -> ClusterPipelines | None:
        """The retraining pipelines and what runs them."""
        spec = self.spec.pipelines
        if spec is None:
            return None
        wired = {**self.wired("pipelines"), "spec": spec, "data_key_arn": self.store.kms_key_arn}
        return parts.ClusterPipelines("cluster-pipelines", cast("ClusterPipelinesArgs", wired), opts=self.opts)

    @cached_property
    def monitoring(self) -> ClusterMonitoring | None:
        """Monitors, rules, dashboards, drift and the routing of alerts."""
        spec = self.spec.monitoring
        if spec is None:
            return None
        wired = {**self.wired("monitoring"), "spec": spec, "data_key_arn": self.store.kms_key_arn}
        if self.pipelines is not None:
            wired["retraining"] = self.pipelines.triggers
        return parts.ClusterMonitoring("cluster-monitoring", cast("ClusterMonitoringArgs", wired), opts=self.opts)
