"""The cluster half of a platform from its declaration: every part, wired to the cluster and to the AWS half."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import pulumi

from trimtab import components as parts
from trimtab.components.kube import skip_await
from trimtab.components.place import place_of
from trimtab.components.platform_services import ClusterServices
from trimtab.spec.cluster.tenancy import Tenant

if TYPE_CHECKING:
    from trimtab.components.artifact_store import ArtifactStore
    from trimtab.components.cluster import Cluster, ClusterComponentArgs
    from trimtab.components.feature_store import FeatureStore
    from trimtab.components.gpu_pool import GpuPool, GpuPoolArgs
    from trimtab.components.model_server import ModelServer, ModelServerArgs
    from trimtab.components.network import Network
    from trimtab.components.tenancy import Tenancy
    from trimtab.components.training_runtimes import TrainingRuntimes, TrainingRuntimesArgs
    from trimtab.spec.cluster.cluster import EksCluster, ExistingCluster
    from trimtab.spec.cluster.gpu_pool import GpuPool as GpuPoolSpec
    from trimtab.spec.cluster.serving import ClusterServing
    from trimtab.spec.owner import Context


PATH = "cluster"
"""Where a stack declares it, below the platform."""


@dataclass
class ClusterHalf:
    """Declares the parts on one cluster as they are asked for, each once.

    Attributes:
        spec: the declaration.
        context: platform, environment, owner.
        network: where an EKS cluster lies.
        store: the buckets of data and models.
        features: the feature store in AWS, whose history Feast may read.
        embedded: whether the Kubernetes API is the embedded one, where nothing is ever ready.
        opts: options of every part, such as a provider.
    """

    spec: EksCluster | ExistingCluster
    context: Context
    network: Network
    store: ArtifactStore
    features: FeatureStore | None = None
    embedded: bool = False
    opts: pulumi.ResourceOptions | None = None

    def build(self) -> dict[str, Any]:
        """Declare every part that the cluster has.

        Returns:
            Outputs of the stack, by name.
        """
        declared = (self.tenants, self.pools, self.training)
        del declared  # Asking for a part declares it.
        known = {
            "clusterName": self.cluster.cluster_name,
            "gpuPools": {name: pool.node_pool_name for name, pool in self.pools.items()} or None,
            "modelServers": {name: server.url for name, server in self.servers.items()} or None,
            **self.services.build(),
        }
        return {name: value for name, value in known.items() if value is not None}

    @cached_property
    def cluster(self) -> Cluster:
        """The cluster itself."""
        wired: ClusterComponentArgs = {
            "context": self.context,
            "spec": self.spec,
            "spec_path": PATH,
            "vpc_id": self.network.vpc_id,
            "subnet_ids": self.network.subnet_ids,
            "embedded": self.embedded,
        }
        return parts.Cluster("cluster", wired, opts=self._waiting(self.opts))

    @cached_property
    def tenants(self) -> dict[str, Tenancy]:
        """Namespaces by name: those of the teams, and that of the platform's own servers."""
        owned = [*self.spec.tenants]
        if self.spec.services_namespace not in {tenant.name for tenant in owned}:
            owned.append(Tenant(name=self.spec.services_namespace))
        return {
            spec.name: parts.Tenancy(f"tenant-{spec.name}", {"context": self.context, "spec": spec}, opts=self.on_it)
            for spec in owned
        }

    @cached_property
    def pools(self) -> dict[str, GpuPool]:
        """GPU pools by name."""
        return {
            spec.name: parts.GpuPool(f"gpu-pool-{spec.name}", self._pool(index, spec), opts=self.on_it)
            for index, spec in enumerate(self.spec.gpu_pools)
        }

    @cached_property
    def training(self) -> TrainingRuntimes | None:
        """Runtimes, jobs in queues and Ray clusters of the team that trains."""
        spec = self.spec.training
        if spec is None:
            return None
        wired = {
            **self.common(spec.namespace, "training"),
            "spec": spec,
            "data_bucket": self.store.data_bucket,
            "kms_key_arn": self.store.kms_key_arn,
        }
        return parts.TrainingRuntimes("training", cast("TrainingRuntimesArgs", wired), opts=self.on_it)

    @cached_property
    def servers(self) -> dict[str, ModelServer]:
        """Served models by namespace and name."""
        return {
            f"{spec.namespace}/{spec.name}": parts.ModelServer(
                f"server-{spec.namespace}-{spec.name}", self._server(index, spec), opts=self.on_it
            )
            for index, spec in enumerate(self.spec.serving)
        }

    @cached_property
    def services(self) -> ClusterServices:
        """MLflow, Weights & Biases, Feast, pipelines, monitoring: what all teams share."""
        return ClusterServices(self.spec, self.store, self.features, self._service, self.on_it)

    @property
    def bucket_arns(self) -> list[pulumi.Output[str]]:
        """Buckets that parts on the cluster have of their own, for the audit trail."""
        partition = place_of(self.cluster).partition
        names = [
            *([self.training.checkpoint_bucket] if self.training else []),
            *([self.services.weights_and_biases.bucket] if self.services.weights_and_biases else []),
        ]
        return [pulumi.Output.format("arn:{}:s3:::{}", partition, name) for name in names]

    def common(self, namespace: str, path: str) -> dict[str, Any]:
        """Return what every component in a namespace is told; the cluster's name only where pods can take roles."""
        known = {
            "context": self.context,
            "spec_path": f"{PATH}.{path}",
            "namespace": self.tenants[namespace].namespace_name,
            "operators": list(self.spec.operators),
        }
        name = self.cluster.cluster_name
        return known if name is None else {**known, "cluster_name": name}

    def _pool(self, index: int, spec: GpuPoolSpec) -> GpuPoolArgs:
        wired: GpuPoolArgs = {
            "context": self.context,
            "spec": spec,
            "spec_path": f"{PATH}.gpuPools[{index}]",
            "instance_profile": self.cluster.instance_profile or "",
            "subnet_ids": self.network.subnet_ids,
            "security_group_ids": [self.cluster.security_group_id] if self.cluster.security_group_id else [],
            "namespaces": {name: tenant.namespace_name for name, tenant in self.tenants.items()},
            "operators": list(self.spec.operators),
        }
        if self.cluster.eks is not None:
            wired["disk_key_arn"] = self.cluster.eks.key_arn
        return wired

    def _server(self, index: int, spec: ClusterServing) -> ModelServerArgs:
        wired = {
            **self.common(spec.namespace, f"serving[{index}]"),
            "spec": spec,
            "model_bucket": self.store.model_bucket,
            "kms_key_arn": self.store.kms_key_arn,
            "deployed_by_pipeline": (spec.namespace, spec.name) in self._deployed(),
        }
        return cast("ModelServerArgs", wired)

    def _service(self, path: str) -> dict[str, Any]:
        """Return what a shared server is told: where it lies, and who may reach its database."""
        known = {
            **self.common(self.spec.services_namespace, path),
            "kms_key_arn": self.store.kms_key_arn,
            "vpc_id": self.network.vpc_id,
            "subnet_ids": self.network.subnet_ids,
        }
        group = self.cluster.security_group_id
        return known if group is None else {**known, "client_security_group_id": group}

    def _deployed(self) -> set[tuple[str, str]]:
        pipelines = self.spec.pipelines.retraining if self.spec.pipelines else ()
        return {(one.target.namespace, one.target.name) for one in pipelines}

    @cached_property
    def on_it(self) -> pulumi.ResourceOptions:
        """The options of what lives on the cluster: its provider, and after it."""
        provider = self.cluster.provider
        here = pulumi.ResourceOptions(providers=[provider] if provider else None, depends_on=[self.cluster])
        return pulumi.ResourceOptions.merge(self._waiting(self.opts), here)

    def _waiting(self, opts: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions:
        """Return `opts`, with nothing waited for where no controller would ever answer."""
        marked = pulumi.ResourceOptions(transformations=[skip_await] if self.embedded else None)
        return pulumi.ResourceOptions.merge(opts, marked)
