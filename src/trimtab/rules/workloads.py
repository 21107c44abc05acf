"""The pods that Kubernetes workloads start."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.rules.resource import Resource
    from trimtab.rules.values import Props


def pod_of(workload: Resource) -> Props:
    """The pod's specification; empty where the workload has none."""
    return workload.props.block("spec").block("template").block("spec")


def pod_containers(workload: Resource) -> list[Props]:
    """The pod's containers, those that prepare it included."""
    pod = pod_of(workload)
    return [*pod.blocks("initContainers"), *pod.blocks("containers")]
