"""What a part of a node costs: the share of the node that nobody else can use because of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.model import Requests, Unpriced
from trimtab.spec.instances import shape

if TYPE_CHECKING:
    from trimtab.cost.model import Resource

MIB_PER_GIB = 1024


def dominant_share(requests: Requests, instance_type: str) -> float | None:
    """Return the largest of its shares of a node's CPU, memory and GPUs; None where either is not known.

    A container that holds three of a node's four GPUs leaves room for one more GPU container, however little CPU it
    asked for: the scarcest thing it takes is what it costs (Ghodsi et al., "Dominant Resource Fairness", NSDI 2011).
    """
    node = shape(instance_type)
    if node is None or not requests.known():
        return None
    shares = [
        (requests.cpu_millicores or 0) / (node.vcpu * 1000),
        (requests.memory_mib or 0) / (node.memory_gib * MIB_PER_GIB),
        (requests.gpus or 0) / node.gpus if node.gpus else 0.0,
    ]
    return max(shares)


def share_of_node(resource: Resource) -> float | Unpriced:
    """Return the share of its node's price that one unit costs, or why it is not known."""
    if shape(resource.instance_type) is None:
        name = resource.instance_type or "not known"
        return Unpriced(reason=f"what its node holds is not known (instance type: {name})")
    share = dominant_share(resource.requests, resource.instance_type)
    if share is None:
        return Unpriced(reason="what it requests of its node is not known")
    return share
