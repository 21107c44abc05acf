"""How much a namespace may ask for: its ResourceQuota and its LimitRange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.spec.cluster.gpu_sharing import MIG_SLICES
from trimtab.spec.cluster.serving_gpu import SHARED, WHOLE

if TYPE_CHECKING:
    from trimtab.spec.cluster.tenancy import ContainerDefaults, TenantQuota

MIG_RESOURCES = tuple(sorted({f"nvidia.com/mig-{profile}" for slices in MIG_SLICES.values() for profile in slices}))
BURST = 2
"""Default CPU limit, in default requests: an idle neighbour's time may be used."""


def hard(quota: TenantQuota) -> dict[str, str]:
    """Return what a ResourceQuota counts. A resource that it does not name has no limit, so every GPU resource is."""
    return {
        "requests.cpu": str(quota.vcpus),
        "requests.memory": f"{quota.memory_gib}Gi",
        "requests.storage": f"{quota.storage_gib}Gi",
        "pods": str(quota.pods),
        "services.loadbalancers": str(quota.load_balancers),
        "services.nodeports": "0",
        **{f"requests.{name}": str(quota.gpus) for name in (WHOLE, SHARED, *MIG_RESOURCES)},
    }


def container_limits(defaults: ContainerDefaults) -> dict[str, Any]:
    """Return a LimitRange's spec: without default requests the quota would refuse a pod that asks for nothing."""
    burst = min(BURST * defaults.cpu_millicores, defaults.max_vcpus * 1000)
    return {
        "limits": [
            {
                "type": "Container",
                "defaultRequest": {"cpu": f"{defaults.cpu_millicores}m", "memory": f"{defaults.memory_mib}Mi"},
                "default": {"cpu": f"{burst}m", "memory": f"{defaults.memory_mib}Mi"},
                "max": {"cpu": str(defaults.max_vcpus), "memory": f"{defaults.max_memory_gib}Gi"},
            }
        ]
    }
