"""NodeOverlays: what Karpenter cannot know of a type, that its GPUs come in slices or turns.

Without them no node would ever be started for a pod that asks for a part of a GPU.
Fields: https://karpenter.sh/docs/concepts/nodeoverlays/ (karpenter.sh/v1alpha1; the feature gate NodeOverlay).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.gpu_pool.node_pool import NODEPOOL_LABEL, TYPE_LABEL
from trimtab.spec.instances import shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.spec.cluster.gpu_pool import GpuPool


def overlays(spec: GpuPool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return each overlay's name and spec; none where GPUs are handed out whole."""
    if spec.sharing.type == "whole":
        return
    for kind in spec.instance_types:
        known, units = shape(kind), spec.sharing.units(kind)
        if known is None or units is None:
            continue
        yield (
            f"{spec.name}-{kind.replace('.', '-')}",
            {
                "requirements": [
                    {"key": NODEPOOL_LABEL, "operator": "In", "values": [spec.name]},
                    {"key": TYPE_LABEL, "operator": "In", "values": [kind]},
                ],
                "capacity": {spec.sharing.resource: str(known.gpus * units)},
            },
        )
