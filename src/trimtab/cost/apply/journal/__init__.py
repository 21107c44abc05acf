"""The journal: append-only JSON lines, one file a run, below `.trimtab/journal/<stack>/`; one writer a stack."""

from __future__ import annotations

from trimtab.cost.apply.journal.folder import JournalFolder
from trimtab.cost.apply.journal.lines import JOURNAL_SCHEMA, read_run
from trimtab.cost.apply.journal.lock import stack_lock
from trimtab.cost.apply.journal.writer import Journal, JournalFile

__all__ = ["JOURNAL_SCHEMA", "Journal", "JournalFile", "JournalFolder", "read_run", "stack_lock"]
