"""A local store of what servers were asked for: the next run reads only what is new, and any run can be replayed."""

from __future__ import annotations

from trimtab.cost.store.store import Store, default_folder

__all__ = ["Store", "default_folder"]
