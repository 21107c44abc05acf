"""Every reader, listed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.sources.inventory_aws.endpoints import ENDPOINTS
from trimtab.cost.sources.inventory_aws.machines import MACHINES
from trimtab.cost.sources.inventory_aws.pools import POOLS

if TYPE_CHECKING:
    from trimtab.cost.sources.inventory_aws.base import Reader

READERS: tuple[Reader, ...] = (ENDPOINTS, POOLS, MACHINES)

INVENTORY_READS = {action: why for reader in READERS for action, why in reader.calls.items()}
"""Every call of `--inventory aws`, and why; a test records the calls."""
