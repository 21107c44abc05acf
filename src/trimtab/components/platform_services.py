"""The servers that all teams on a platform's cluster share, wired to the cluster and to the AWS half."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from trimtab import components as parts

if TYPE_CHECKING:
    from trimtab.components.cluster_monitoring import ClusterMonitoring, ClusterMonitoringArgs
    from trimtab.components.cluster_pipelines import ClusterPipelines, ClusterPipelinesArgs
    from trimtab.components.feast import Feast, FeastArgs
    from trimtab.components.mlflow import MLflow, MLflowArgs
    from trimtab.components.platform_cluster import ClusterHalf
    from trimtab.components.weights_and_biases import WeightsAndBiases, WeightsAndBiasesArgs


@dataclass
class ClusterServices:
    """Declares the shared servers as they are asked for, each once.

    Attributes:
        half: the cluster, its namespaces and what else the servers lie among.
    """

    half: ClusterHalf

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
        if self.half.spec.mlflow is None:
            return None
        wired = {
            **self._wired("mlflow"),
            "spec": self.half.spec.mlflow,
            "artifact_bucket": self.half.store.model_bucket,
        }
        return parts.MLflow("mlflow", cast("MLflowArgs", wired), opts=self.half.on_it)

    @cached_property
    def weights_and_biases(self) -> WeightsAndBiases | None:
        """The Weights & Biases server."""
        if self.half.spec.weights_and_biases is None:
            return None
        wired = {**self._wired("weightsAndBiases"), "spec": self.half.spec.weights_and_biases}
        return parts.WeightsAndBiases("wandb", cast("WeightsAndBiasesArgs", wired), opts=self.half.on_it)

    @cached_property
    def feast(self) -> Feast | None:
        """The open-source feature store."""
        if self.half.spec.feast is None:
            return None
        wired = {**self._wired("feast"), "spec": self.half.spec.feast, "bucket": self.half.store.data_bucket}
        if self.half.features is not None:
            wired["athena_database"] = self.half.features.database
            wired["athena_workgroup"] = self.half.features.workgroup
        return parts.Feast("feast", cast("FeastArgs", wired), opts=self.half.on_it)

    @cached_property
    def pipelines(self) -> ClusterPipelines | None:
        """The retraining pipelines and what runs them."""
        spec = self.half.spec.pipelines
        if spec is None:
            return None
        wired = {**self._wired("pipelines"), "spec": spec, "data_key_arn": self.half.store.kms_key_arn}
        return parts.ClusterPipelines("cluster-pipelines", cast("ClusterPipelinesArgs", wired), opts=self.half.on_it)

    @cached_property
    def monitoring(self) -> ClusterMonitoring | None:
        """Monitors, rules, dashboards, drift and the routing of alerts."""
        spec = self.half.spec.monitoring
        if spec is None:
            return None
        wired = {**self._wired("monitoring"), "spec": spec, "data_key_arn": self.half.store.kms_key_arn}
        if self.pipelines is not None:
            wired["retraining"] = self.pipelines.triggers
        return parts.ClusterMonitoring("cluster-monitoring", cast("ClusterMonitoringArgs", wired), opts=self.half.on_it)

    def _wired(self, path: str) -> dict[str, Any]:
        """Return what a server is told: where it lies, and who may reach its database."""
        half = self.half
        known = {
            **half.common(half.spec.services_namespace, path),
            "kms_key_arn": half.store.kms_key_arn,
            "vpc_id": half.network.vpc_id,
            "subnet_ids": half.network.subnet_ids,
        }
        group = half.cluster.security_group_id
        return known if group is None else {**known, "client_security_group_id": group}
