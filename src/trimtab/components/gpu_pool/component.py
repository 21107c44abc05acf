"""GPU nodes that come and go with the pods that ask for them, and the queues in front of them."""

# ruff: noqa: TC001  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from trimtab.components.gpu_pool.args import GpuPoolArgs
from trimtab.components.gpu_pool.node_class import Wiring, node_class, reservations
from trimtab.components.gpu_pool.node_pool import NODEPOOL_LABEL, node_pool, tolerations
from trimtab.components.gpu_pool.overlays import overlays
from trimtab.components.gpu_pool.queues import cluster_queue, flavor, queue_name
from trimtab.components.kube import ClusterComponent
from trimtab.components.kube.labels import owner_labels
from trimtab.components.place import place_of

if TYPE_CHECKING:
    from trimtab.spec.cluster.gpu_pool import GpuPool as PoolSpec
    from trimtab.spec.cluster.gpu_queue import TeamQuota

KUEUE = "kueue.x-k8s.io/v1beta2"


class GpuPool(ClusterComponent):
    """A Karpenter NodePool of GPU instances with its EC2NodeClass, and Kueue's queue of each team.

    Work that carries the label `kueue.x-k8s.io/queue-name: <pool>` in a team's namespace is admitted within the
    team's quota and sent to the pool's nodes.

    Attributes:
        node_pool_name: the NodePool, which is also the name of the teams' LocalQueues and of the flavour.
        queue_names: tenant → its ClusterQueue.
    """

    node_pool_name: pulumi.Output[str]
    queue_names: pulumi.Output[dict[str, str]]

    def __init__(self, name: str, args: GpuPoolArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        spec = args["spec"]
        # Its objects are the cluster's own, but for the LocalQueues, which lie in their teams' namespaces.
        common = {key: args[key] for key in ("context", "spec_path", "operators") if key in args}
        super().__init__(
            name,
            {**common, "namespace": "default"},  # type: ignore[typeddict-item]  # as above
            opts,
            owner=spec.owner,
            needs=("karpenter", "kueue"),
        )
        self._nodes(args)
        self.custom(
            f"{name}-flavor",
            KUEUE,
            "ResourceFlavor",
            self.metadata(spec.name, cluster_wide=True),
            {"spec": flavor(spec)},
        )
        namespaces = args.get("namespaces", {})
        queues = {
            team.tenant: self._queue(args, team, namespaces.get(team.tenant, team.tenant)) for team in spec.queue.teams
        }
        self.node_pool_name = pulumi.Output.from_input(spec.name)
        self.queue_names = pulumi.Output.from_input(queues)
        handle = self.handle(
            spec.sizing(args.get("spec_path")),
            cloud_id=f"NodePool/{spec.name}",
            region=place_of(self).region,
            dimensions={"nodepool": spec.name},
            tags=self.tags(),
        )
        self.finish(
            {
                "nodePoolName": self.node_pool_name,
                "queueNames": self.queue_names,
                "gpuResource": spec.sharing.resource,
                "nodeSelector": {NODEPOOL_LABEL: spec.name},
                "tolerations": tolerations(spec),
            },
            [handle],
        )

    def _nodes(self, args: GpuPoolArgs) -> None:
        spec = args["spec"]
        wiring = Wiring(
            args["instance_profile"], args["subnet_ids"], args["security_group_ids"], args.get("disk_key_arn")
        )
        group = self.custom(
            f"{self.name}-node-class",
            "karpenter.k8s.aws/v1",
            "EC2NodeClass",
            self.metadata(spec.name, cluster_wide=True),
            {"spec": {**node_class(spec, spec.name, wiring, self.tags()), **reservations(spec)}},
        )
        labels = owner_labels(self.context, type(self).__name__, self.owner)
        self.custom(
            f"{self.name}-node-pool",
            "karpenter.sh/v1",
            "NodePool",
            self.metadata(spec.name, labels=_bears_interruption(spec), cluster_wide=True),
            {"spec": node_pool(spec, spec.name, labels)},
            opts=self.child(depends_on=[group]),
        )
        for label, overlay in overlays(spec):
            self.custom(
                f"{self.name}-overlay-{label}",
                "karpenter.sh/v1alpha1",
                "NodeOverlay",
                self.metadata(label, cluster_wide=True),
                {"spec": overlay},
            )

    def _queue(self, args: GpuPoolArgs, team: TeamQuota, namespace: pulumi.Input[str]) -> str:
        """Declare a team's ClusterQueue and its LocalQueue, and return the former's name."""
        spec = args["spec"]
        named = queue_name(spec, team)
        queue = self.custom(
            f"{self.name}-queue-{team.tenant}",
            KUEUE,
            "ClusterQueue",
            self.metadata(named, cluster_wide=True),
            {"spec": cluster_queue(spec, team, namespace)},
        )
        self.custom(
            f"{self.name}-local-queue-{team.tenant}",
            KUEUE,
            "LocalQueue",
            self.metadata(spec.name, namespace=namespace),
            {"spec": {"clusterQueue": named}},
            opts=self.child(depends_on=[queue]),
        )
        return named


def _bears_interruption(spec: PoolSpec) -> dict[str, str]:
    """Return the label by which policies know that the pool's work may be interrupted."""
    return {"trimtab.dev/interruptible": "true"} if spec.interruptible else {}
