"""Named profiles of shared GPUs, which a node chooses by a label: for the device plugin and for the MIG manager.

Formats: https://github.com/NVIDIA/k8s-device-plugin#shared-access-to-gpus and https://github.com/NVIDIA/mig-parted.
A cluster has one ConfigMap of each, in the namespace of NVIDIA's operator; the chart's values name them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pulumi_kubernetes as kubernetes

from trimtab.spec.cluster.gpu_sharing import MIG_SLICES, TURNS
from trimtab.spec.cluster.serving_gpu import WHOLE

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.kube import ClusterComponent

PLUGIN_PROFILES = "gpu-sharing-profiles"
MIG_PROFILES = "gpu-mig-profiles"
DEFAULT_PROFILE, NO_MIG = "whole", "all-disabled"


def sharing_profiles(
    component: ClusterComponent, namespace: pulumi.Input[str], opts: pulumi.ResourceOptions
) -> list[kubernetes.core.v1.ConfigMap]:
    """Declare the profiles' ConfigMaps in the namespace of NVIDIA's operator."""
    contents = {PLUGIN_PROFILES: plugin_profiles(), MIG_PROFILES: {"config.yaml": _text(mig_profiles())}}
    return [
        kubernetes.core.v1.ConfigMap(
            f"{component.name}-{name}",
            metadata=component.metadata(name, namespace=namespace),
            data=data,
            opts=opts,
        )
        for name, data in contents.items()
    ]


def plugin_profiles() -> dict[str, str]:
    """Return the device plugin's configurations by name, `whole` and `time-slicing-<turns>`."""
    return {DEFAULT_PROFILE: _text(_plugin({}))} | {
        f"time-slicing-{turns}": _text(_plugin({"sharing": {"timeSlicing": _turns(turns)}})) for turns in TURNS
    }


def mig_profiles() -> dict[str, Any]:
    """Return the MIG manager's configurations by name, `all-<profile>`: each cuts every GPU it fits alike."""
    cut: dict[str, list[dict[str, Any]]] = {NO_MIG: [{"devices": "all", "mig-enabled": False}]}
    for gib, slices in MIG_SLICES.items():
        for profile, count in slices.items():
            entry = {
                "device-filter": _devices(gib),
                "devices": "all",
                "mig-enabled": True,
                "mig-devices": {profile: count},
            }
            cut.setdefault(f"all-{profile}", []).append(entry)
    return {"version": "v1", "mig-configs": cut}


def _devices(gib: int) -> list[str]:
    """PCI ids of the GPUs with so much memory: A100-SXM4-40GB in p4d, H100 80GB in p5 (as mig-parted names them)."""
    return {40: ["0x20B010DE"], 80: ["0x233010DE"]}[gib]


def _plugin(rest: dict[str, Any]) -> dict[str, Any]:
    return {"version": "v1", "flags": {"migStrategy": "mixed"}, **rest}


def _turns(count: int) -> dict[str, Any]:
    return {
        "renameByDefault": True,
        # Two turns are no more of a GPU than one: who asks for two has misunderstood.
        "failRequestsGreaterThanOne": True,
        "resources": [{"name": WHOLE, "replicas": count}],
    }


def _text(content: dict[str, Any]) -> str:
    """JSON is YAML, and the same text every time."""
    return json.dumps(content, indent=2, sort_keys=True)
