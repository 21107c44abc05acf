"""How much saturation each service class may bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.cost.model.reduced import Group
    from trimtab.spec.owner import ServiceClass

# Share of samples that may lie over the advised capacity. `standard` is the product's promise: 1 % for a
# machine, 0.5 % for a fleet (a fleet's overload is felt by every client). `critical` is a tenth of it, one
# "nine" more; `batch` five times: work that waits is late, not lost.
MACHINE_BUDGET: dict[ServiceClass, float] = {"critical": 0.001, "standard": 0.01, "batch": 0.05}
FLEET_BUDGET: dict[ServiceClass, float] = {"critical": 0.0005, "standard": 0.005, "batch": 0.025}


def by_class(groups: Iterable[Group]) -> dict[ServiceClass, list[Group]]:
    """Gather what shares a budget, in the order in which it came."""
    gathered: dict[ServiceClass, list[Group]] = {}
    for group in groups:
        gathered.setdefault(group.lead.service_class, []).append(group)
    return gathered
