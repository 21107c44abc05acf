"""How many replicas a drained or consolidated node may take away at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_kubernetes as kubernetes

from trimtab.components.model_server.names import group_selector, selector
from trimtab.spec.cluster.serving import RayServing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.components.model_server.names import Spec
    from trimtab.components.model_server.objects import Objects


def groups(spec: Spec) -> Iterator[tuple[str, dict[str, str]]]:
    """Return name and labels of each group of pods of which there may be more than one."""
    if isinstance(spec, RayServing):
        for group in spec.workers:
            if group.max_replicas > 1:
                yield f"{spec.name}-{group.name}", group_selector(spec, group)
    elif spec.max_replicas > 1:
        yield spec.name, selector(spec)


def disruption_budgets(objects: Objects) -> None:
    """Declare a PodDisruptionBudget for each group of pods of which there may be more than one."""
    for name, labels in groups(objects.spec):
        budget: Any = {
            "maxUnavailable": objects.spec.max_unavailable,
            "selector": {"matchLabels": labels},
            # A pod that never became ready protects nothing, and would hold up its node for ever.
            "unhealthyPodEvictionPolicy": "AlwaysAllow",
        }
        kubernetes.policy.v1.PodDisruptionBudget(
            f"{objects.component.name}-{name}-budget",
            metadata=objects.metadata(name),
            spec=budget,
            opts=objects.component.child(),
        )
