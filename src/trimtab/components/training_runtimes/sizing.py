"""What of training the analyser may size: the worker groups of Ray clusters that come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.spec.cluster.serving_sizing import replica_sizing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.spec.cluster.training import RayTrainingCluster, Training
    from trimtab.spec.sizing import SizingTemplate


def sizables(spec: Training, at: str | None) -> Iterator[tuple[RayTrainingCluster, str, SizingTemplate]]:
    """Return each Ray cluster's worker groups: the cluster, the group's name, what may be set.

    Args:
        spec: the declaration.
        at: its path in the stack's configuration; None: declared by a program.
    """
    for number, cluster in enumerate(spec.ray_clusters):
        for index, group in enumerate(cluster.workers):
            path = f"{at}.rayClusters[{number}].workers[{index}]" if at else None
            template = replica_sizing(group, path, floor=0, service_class=spec.service_class, least=0)
            yield cluster, group.name, template
