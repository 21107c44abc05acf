"""Kueue's objects in front of a pool: one flavour, and a ClusterQueue and a LocalQueue a team.

Fields: https://kueue.sigs.k8s.io/docs/concepts/cluster_queue/ (kueue.x-k8s.io/v1beta2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.gpu_pool.node_pool import NODEPOOL_LABEL, tolerations
from trimtab.spec.instances import shape

if TYPE_CHECKING:
    import pulumi

    from trimtab.spec.cluster.gpu_pool import GpuPool
    from trimtab.spec.cluster.gpu_queue import TeamQuota

STRATEGIES = {"best-effort": "BestEffortFIFO", "strict": "StrictFIFO"}
NAMESPACE_LABEL = "kubernetes.io/metadata.name"


def flavor(spec: GpuPool) -> dict[str, Any]:
    """Return the ResourceFlavor's spec: what is admitted to it is sent to the pool's nodes, and let onto them."""
    return {"nodeLabels": {NODEPOOL_LABEL: spec.name}, "tolerations": tolerations(spec)}


def queue_name(spec: GpuPool, team: TeamQuota) -> str:
    """Return the name of a team's ClusterQueue; its LocalQueue is called after the pool."""
    return f"{spec.name}-{team.tenant}"


def cluster_queue(spec: GpuPool, team: TeamQuota, namespace: pulumi.Input[str]) -> dict[str, Any]:
    """Return the spec of a team's ClusterQueue, which takes work from the team's namespace only."""
    preemption = spec.queue.preemption
    resources = [_gpus(spec, team), *_beside(spec, team)]
    return {
        "cohortName": spec.cohort,
        "namespaceSelector": {"matchLabels": {NAMESPACE_LABEL: namespace}},
        "queueingStrategy": STRATEGIES[spec.queue.order],
        "preemption": {
            "withinClusterQueue": preemption.within_queue,
            "reclaimWithinCohort": preemption.reclaim,
            "borrowWithinCohort": {"policy": preemption.while_borrowing},
        },
        "resourceGroups": [
            {
                "coveredResources": [resource["name"] for resource in resources],
                "flavors": [{"name": spec.name, "resources": resources}],
            }
        ],
    }


def _gpus(spec: GpuPool, team: TeamQuota) -> dict[str, str]:
    quota = {"name": spec.sharing.resource, "nominalQuota": str(team.gpus)}
    if team.borrow_gpus is not None:
        quota["borrowingLimit"] = str(team.borrow_gpus)
    if team.lend_gpus is not None:
        quota["lendingLimit"] = str(team.lend_gpus)
    return quota


def _beside(spec: GpuPool, team: TeamQuota) -> list[dict[str, str]]:
    """Return the quota of CPU and memory: without one, Kueue would admit nothing that asks for them."""
    vcpus, memory = beside_gpus(spec, team.gpus)
    return [
        {"name": "cpu", "nominalQuota": str(team.vcpus or vcpus)},
        {"name": "memory", "nominalQuota": f"{team.memory_gib or memory}Gi"},
    ]


def beside_gpus(spec: GpuPool, units: int) -> tuple[int, int]:
    """Return the vCPUs and the GiB of memory that come with so many GPUs, slices or turns of the first type.

    For 8 GPUs of g6.12xlarge (48 vCPUs, 192 GiB, 4 GPUs): 96 vCPUs, 384 GiB.
    """
    known = shape(spec.instance_types[0]) if spec.instance_types else None
    if known is None:
        return 0, 0
    parts = known.gpus * (spec.sharing.units(spec.instance_types[0]) or 1)
    return -(-units * known.vcpu // parts), int(-(-units * known.memory_gib // parts))
