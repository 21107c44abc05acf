"""Several stacks, accounts and regions in one report."""

from __future__ import annotations

from trimtab.cost.reports.organisation.file import Member, Organisation
from trimtab.cost.reports.organisation.gather import Failed, Outcome, Read, gather
from trimtab.cost.reports.organisation.rollup import rollup
from trimtab.cost.reports.organisation.sessions import session_of

__all__ = ["Failed", "Member", "Organisation", "Outcome", "Read", "gather", "rollup", "session_of"]
