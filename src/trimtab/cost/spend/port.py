"""What every source of billed spend offers, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from trimtab.cost.spend.charge import Charges


class SpendSource(Protocol):
    """A place that knows what was billed."""

    def charges(self, since: datetime | None, until: datetime | None) -> Charges:
        """Return what was charged from `since` until before `until`; None: as far as the source goes by itself.

        Raises:
            UserError: what was given cannot be read as a bill, or says nothing of that time.
            WorldError: the place cannot be reached or refuses.
        """
        ...
