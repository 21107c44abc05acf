"""A team's training on a cluster, with all that belongs to it."""

# ruff: noqa: TC001  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_kubernetes as kubernetes

from trimtab.components.kube import ClusterComponent
from trimtab.components.training_runtimes.args import TrainingRuntimesArgs
from trimtab.components.training_runtimes.checkpoints import checkpoint_store, training_role
from trimtab.components.training_runtimes.names import ACCOUNT, CHECKPOINTS
from trimtab.components.training_runtimes.objects import Objects
from trimtab.components.training_runtimes.sizing import sizables
from trimtab.components.training_runtimes.traffic import network_policy

if TYPE_CHECKING:
    from trimtab.spec.cluster.operators import Operator
    from trimtab.spec.cluster.training import Training

UNKNOWN_REGION = "kubernetes"
"""Stands for the region of what is priced by its node, wherever that is."""


class TrainingRuntimes(ClusterComponent):
    """What a team trains on: Kubeflow Trainer's runtimes, Ray clusters, jobs in Kueue's queues, checkpoints.

    Attributes:
        checkpoint_bucket: where checkpoints are written.
        checkpoint_uri: `s3://BUCKET/PREFIX/`, which every training container has as `CHECKPOINT_URI`.
        runtime_names: the runtimes, for `TrainJob.spec.runtimeRef.name`.
        service_account: of the training pods.
        role_arn: of the training pods; None without a cluster's name.
    """

    checkpoint_bucket: pulumi.Output[str]
    checkpoint_uri: pulumi.Output[str]
    runtime_names: list[str]
    service_account: pulumi.Output[str]
    role_arn: pulumi.Output[str] | None

    def __init__(self, name: str, args: TrainingRuntimesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        spec = args["spec"]
        super().__init__(name, args, opts, owner=spec.owner, needs=needed_operators(spec))
        store, key = checkpoint_store(self, args)
        role = training_role(self, args, store, key)
        self.checkpoint_bucket = store.name
        self.checkpoint_uri = pulumi.Output.format("s3://{}/{}/", store.name, spec.checkpoints.prefix)
        self.role_arn = role.arn if role else None
        self.runtime_names = [runtime.name for runtime in spec.runtimes]
        self.service_account = pulumi.Output.from_input(ACCOUNT)
        environment = [{"name": CHECKPOINTS, "value": self.checkpoint_uri}]
        Objects(self, spec, environment, self._access(args)).declare()
        self.finish(self._outputs(), self._handles(args))

    def _access(self, args: TrainingRuntimesArgs) -> list[pulumi.Resource]:
        account = kubernetes.core.v1.ServiceAccount(
            f"{self.name}-account",
            metadata=self.metadata(ACCOUNT),
            automount_service_account_token=False,
            opts=self.child(),
        )
        rules: Any = network_policy(args)
        traffic = kubernetes.networking.v1.NetworkPolicy(
            f"{self.name}-traffic", metadata=self.metadata(ACCOUNT), spec=rules, opts=self.child()
        )
        return [account, traffic]

    def _outputs(self) -> dict[str, Any]:
        return {
            "checkpointBucket": self.checkpoint_bucket,
            "checkpointUri": self.checkpoint_uri,
            "runtimeNames": self.runtime_names,
            "serviceAccount": self.service_account,
            "roleArn": self.role_arn,
        }

    def _handles(self, args: TrainingRuntimesArgs) -> list[dict[str, Any]]:
        return [
            self.handle(
                template,
                cloud_id=pulumi.Output.format("{}/RayCluster/{}-{}", self.namespace, cluster.name, group),
                region=UNKNOWN_REGION,
                dimensions={
                    "namespace": self.namespace,
                    "workload_kind": "RayCluster",
                    "workload": cluster.name,
                    "worker_group": group,
                    "container": "ray-worker",
                },
                tags=self.tags(model=cluster.model),
            )
            for cluster, group, template in sizables(args["spec"], args.get("spec_path"))
        ]


def needed_operators(spec: Training) -> list[Operator]:
    """Return the operators without which the declared objects do nothing."""
    queued = [job.queue for job in spec.jobs] + [ray.queue for ray in spec.ray_clusters]
    queues = [spec.queue, *queued, *(job.queue for job in spec.ray_jobs)]
    needs: list[Operator] = []
    if spec.runtimes:
        needs.append("kubeflow-trainer")
    if spec.ray_clusters or spec.ray_jobs:
        needs.append("kuberay")
    if any(queues):
        needs.append("kueue")
    return needs
