"""One apply at a time on a stack, whichever machine it runs on."""

from __future__ import annotations

from trimtab.cost.apply.lease.choose import hold
from trimtab.cost.apply.lease.guarded import GuardedJournal
from trimtab.cost.apply.lease.port import Lease, Wanted

__all__ = ["GuardedJournal", "Lease", "Wanted", "hold"]
