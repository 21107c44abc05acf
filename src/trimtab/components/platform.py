"""A whole platform from its declaration: every part, wired to the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from trimtab import components as parts
from trimtab.components import platform_wiring as wiring
from trimtab.spec.reviews import Reviews

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.artifact_store import ArtifactStore
    from trimtab.components.feature_store import FeatureStore
    from trimtab.components.human_review import HumanReview, HumanReviewArgs
    from trimtab.components.model_registry import ModelRegistry
    from trimtab.components.monitoring import AlarmTopic, Monitoring
    from trimtab.components.network import Network
    from trimtab.components.pipelines import Pipelines, PipelinesArgs
    from trimtab.components.platform_cluster import ClusterHalf
    from trimtab.components.serving_endpoint import ServingEndpoint, ServingEndpointArgs
    from trimtab.components.training_pool import TrainingPool, TrainingPoolArgs
    from trimtab.spec.owner import Context
    from trimtab.spec.platform import Platform
    from trimtab.spec.serving import ServingEndpoint as EndpointSpec
    from trimtab.spec.training_pool import TrainingPool as PoolSpec


@dataclass
class PlatformStack:
    """Declares the parts of one platform as they are asked for, each once.

    Attributes:
        spec: the declaration.
        embedded: whether Kubernetes is the embedded API server, on which nothing runs and nothing is waited for.
        opts: options of every part, such as a provider.
    """

    spec: Platform
    embedded: bool = False
    opts: pulumi.ResourceOptions | None = field(default=None)

    def build(self) -> dict[str, Any]:
        """Declare every part that the platform has.

        Returns:
            The stack's outputs, by name.
        """
        declared = (self.registry, self.features, self.pools, self.endpoints, self.pipelines, self.monitoring)
        del declared  # Asking for a part declares it.
        self._audit()
        self._budget()
        return {**self._outputs(), **(self.on_cluster.build() if self.on_cluster else {})}

    @cached_property
    def context(self) -> Context:
        """Platform, environment, owner."""
        return self.spec.context()

    @cached_property
    def network(self) -> Network:
        """The network, new or existing."""
        return parts.Network("network", {"context": self.context, "spec": self.spec.network}, opts=self.opts)

    @cached_property
    def store(self) -> ArtifactStore:
        """The buckets of data, models and evidence."""
        return parts.ArtifactStore(
            "artifacts", {"context": self.context, "spec": self.spec.artifact_store}, opts=self.opts
        )

    @cached_property
    def registry(self) -> ModelRegistry | None:
        """Model groups, image repositories, the tracking server."""
        if self.spec.model_registry is None:
            return None
        return parts.ModelRegistry(
            "registry",
            {
                "context": self.context,
                "spec": self.spec.model_registry,
                "kms_key_arn": self.store.kms_key_arn,
                "artifact_bucket": self.store.model_bucket,
            },
            opts=self.opts,
        )

    @cached_property
    def features(self) -> FeatureStore | None:
        """Feature groups and what queries them."""
        if self.spec.feature_store is None:
            return None
        return parts.FeatureStore(
            "features",
            {"context": self.context, "spec": self.spec.feature_store, "kms_key_arn": self.store.kms_key_arn},
            opts=self.opts,
        )

    @cached_property
    def alarms(self) -> AlarmTopic | None:
        """Where alarms go; declared before whatever raises them."""
        if self.spec.monitoring is None:
            return None
        return parts.AlarmTopic(
            "alarms", {"context": self.context, "email": self.spec.monitoring.alarm_email}, opts=self.opts
        )

    @cached_property
    def pools(self) -> dict[str, TrainingPool]:
        """Training pools by their names in the declaration."""
        return {
            spec.name: parts.TrainingPool(
                f"pool-{spec.name}", self._pool(spec, f"trainingPools[{index}]"), opts=self.opts
            )
            for index, spec in enumerate(self.spec.training_pools)
        }

    @cached_property
    def reviews(self) -> HumanReview | None:
        """Who looks at the endpoints' answers; declared before the endpoints, which may start reviews themselves."""
        reviewed = tuple(spec for spec in self.spec.serving_endpoints if spec.human_review)
        if not reviewed:
            return None
        wired: HumanReviewArgs = {
            "context": self.context,
            "spec": Reviews(endpoints=reviewed),
            "capture_bucket": self.store.data_bucket,
            "capture_key_arn": self.store.kms_key_arn,
        }
        if self.alarms:
            wired["alarm_topic_arn"] = self.alarms.topic_arn
        return parts.HumanReview("reviews", wired, opts=self.opts)

    @cached_property
    def endpoints(self) -> dict[str, ServingEndpoint]:
        """Endpoints by their names in the declaration."""
        return {
            spec.name: parts.ServingEndpoint(
                f"endpoint-{spec.name}", self._endpoint(spec, f"servingEndpoints[{index}]"), opts=self.opts
            )
            for index, spec in enumerate(self.spec.serving_endpoints)
        }

    @cached_property
    def pipelines(self) -> Pipelines | None:
        """The retraining pipelines."""
        if self.spec.pipelines is None or self.registry is None:
            return None
        wired: PipelinesArgs = {
            "context": self.context,
            "spec": self.spec.pipelines,
            "targets": wiring.deployment_targets(self.spec, self.endpoints),
            "model_group_names": self.registry.model_group_names,
            "data_bucket": self.store.data_bucket,
            "model_bucket": self.store.model_bucket,
            "vpc_id": self.network.vpc_id,
            "subnet_ids": self.network.subnet_ids,
            "kms_key_arn": self.store.kms_key_arn,
        }
        if self.alarms:
            wired["notice_topic_arn"] = self.alarms.topic_arn
            wired["notice_key_arn"] = self.alarms.key_arn
        return parts.Pipelines("pipelines", wired, opts=self.opts)

    @cached_property
    def monitoring(self) -> Monitoring | None:
        """Dashboard, drift and quality."""
        if self.spec.monitoring is None or self.alarms is None:
            return None
        return parts.Monitoring(
            "monitoring",
            {
                "context": self.context,
                "spec": self.spec.monitoring,
                "endpoints": wiring.watched_endpoints(self.spec, self.endpoints, self.pipelines),
                "pools": wiring.watched_pools(self.pools),
                "data_bucket": self.store.data_bucket,
                "vpc_id": self.network.vpc_id,
                "subnet_ids": self.network.subnet_ids,
                "kms_key_arn": self.store.kms_key_arn,
                "alarm_topic_arn": self.alarms.topic_arn,
                "alarm_key_arn": self.alarms.key_arn,
            },
            opts=self.opts,
        )

    @cached_property
    def on_cluster(self) -> ClusterHalf | None:
        """What lives on Kubernetes."""
        if self.spec.cluster is None:
            return None
        # Loaded here: its SDK is as large as that of AWS, and most platforms begin without a cluster.
        half = import_module("trimtab.components.platform_cluster").ClusterHalf
        return cast(
            "ClusterHalf",
            half(
                self.spec.cluster, self.context, self.network, self.store, self.features,
                embedded=self.embedded, opts=self.opts,
            ),
        )  # fmt: skip

    def _pool(self, spec: PoolSpec, path: str) -> TrainingPoolArgs:
        wired: TrainingPoolArgs = {
            "context": self.context,
            "spec": spec,
            "spec_path": path,
            "vpc_id": self.network.vpc_id,
            "subnet_ids": self.network.subnet_ids,
            "zones": self.network.zones,
            "data_bucket": self.store.data_bucket,
            "model_bucket": self.store.model_bucket,
            "kms_key_arn": self.store.kms_key_arn,
        }
        if self.spec.monitoring and self.alarms:
            wired["idle_percent"] = self.spec.monitoring.gpu_idle_percent
            wired["alarm_topic_arn"] = self.alarms.topic_arn
        return wired

    def _endpoint(self, spec: EndpointSpec, path: str) -> ServingEndpointArgs:
        wired: ServingEndpointArgs = {
            "context": self.context,
            "spec": spec,
            "spec_path": path,
            "vpc_id": self.network.vpc_id,
            "subnet_ids": self.network.subnet_ids,
            "model_bucket": self.store.model_bucket,
            "capture_bucket": self.store.data_bucket,
            "kms_key_arn": self.store.kms_key_arn,
        }
        if self.registry:
            wired["model_group_names"] = self.registry.model_group_names
        if spec.human_review and self.reviews:
            wired["review_flow_arn"] = self.reviews.flow_arns[spec.name]
        return {**wired, **wiring.alarm_wiring(self.spec.monitoring, self.alarms)}

    def _audit(self) -> None:
        if self.spec.audit_trail is None:
            return
        features = [self.features.offline_bucket_arn] if self.features else []
        on_cluster = self.on_cluster.bucket_arns if self.on_cluster else []
        decisions = [self.reviews.answers_bucket_arn] if self.reviews else []
        parts.AuditTrail(
            "audit",
            {
                "context": self.context,
                "spec": self.spec.audit_trail,
                "bucket_arns": [*self.store.bucket_arns, *features, *decisions, *on_cluster],
            },
            opts=self.opts,
        )

    def _budget(self) -> None:
        if self.spec.monthly_budget is not None:
            parts.Budget("budget", {"context": self.context, "spec": self.spec.monthly_budget}, opts=self.opts)

    def _outputs(self) -> dict[str, Any]:
        known = {
            "vpcId": self.network.vpc_id,
            "dataBucket": self.store.data_bucket,
            "modelBucket": self.store.model_bucket,
            "dvcRemoteUrl": self.store.dvc_remote_url,
            "endpoints": {name: endpoint.endpoint_name for name, endpoint in self.endpoints.items()},
            "trainingPools": {name: pool.group_name for name, pool in self.pools.items()},
            "modelGroups": self.registry and self.registry.model_group_names,
            "repositoryUrls": self.registry and self.registry.repository_urls,
            "trackingUrl": self.registry and self.registry.tracking_url,
            "featureGroups": self.features and self.features.feature_group_names,
            "stateMachines": self.pipelines and self.pipelines.machine_arns,
            "reviewFlows": self.reviews and self.reviews.flow_arns,
            "reviewAnswers": self.reviews and self.reviews.answers_bucket,
            "dashboard": self.monitoring and self.monitoring.dashboard_name,
            "alarmTopicArn": self.alarms and self.alarms.topic_arn,
        }
        return {name: value for name, value in known.items() if value is not None}
