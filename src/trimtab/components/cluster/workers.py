"""The cluster's general pool: where servers, pipelines and jobs without a GPU run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.gpu_pool.node_class import node_class
from trimtab.components.gpu_pool.node_pool import disruption, hours, one_of
from trimtab.components.kube.labels import owner_labels

if TYPE_CHECKING:
    from collections.abc import Callable

    import pulumi

    from trimtab.components.gpu_pool.node_class import Wiring
    from trimtab.components.kube import ClusterComponent
    from trimtab.spec.cluster.workers import Workers

NAME = "workers"
"""Of the NodePool and of its EC2NodeClass."""
TOO_SMALL = ("nano", "micro", "small", "medium")
"""Sizes of which the daemons of every node would take most."""


def workers(
    component: ClusterComponent, spec: Workers, wiring: Wiring, options: Callable[..., pulumi.ResourceOptions]
) -> None:
    """Declare the pool; `options` gives the options of an object, with those that are its own."""
    group = component.custom(
        f"{component.name}-{NAME}-node-class",
        "karpenter.k8s.aws/v1",
        "EC2NodeClass",
        component.metadata(NAME, cluster_wide=True),
        {"spec": node_class(spec, NAME, wiring, component.tags())},
        opts=options(),
    )
    labels = owner_labels(component.context, type(component).__name__, component.owner)
    component.custom(
        f"{component.name}-{NAME}",
        "karpenter.sh/v1",
        "NodePool",
        component.metadata(NAME, cluster_wide=True),
        {"spec": node_pool(spec, labels)},
        opts=options(depends_on=[group]),
    )


def node_pool(spec: Workers, labels: dict[str, str]) -> dict[str, Any]:
    """Return the NodePool's spec; without a taint, as it is for every pod that asks for nothing special."""
    return {
        "template": {
            "metadata": {"labels": labels},
            "spec": {
                "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": NAME},
                "requirements": [
                    one_of("karpenter.k8s.aws/instance-family", spec.instance_families),
                    {"key": "karpenter.k8s.aws/instance-size", "operator": "NotIn", "values": list(TOO_SMALL)},
                    one_of("karpenter.sh/capacity-type", spec.capacity_types),
                    one_of("kubernetes.io/arch", ("amd64",)),
                    one_of("kubernetes.io/os", ("linux",)),
                ],
                "expireAfter": hours(spec.expire_after_hours) or "Never",
            },
        },
        "limits": {"cpu": str(spec.max_vcpus), "memory": f"{spec.max_memory_gib}Gi"},
        "disruption": disruption(spec),
    }
