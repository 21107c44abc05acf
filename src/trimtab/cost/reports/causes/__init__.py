"""Why something costs what it did not use to cost: what was applied, and what people committed."""

from __future__ import annotations

from trimtab.cost.reports.causes.explain import explained
from trimtab.cost.reports.causes.git import GitCommits
from trimtab.cost.reports.causes.port import Commit, Commits, NoCommits

__all__ = ["Commit", "Commits", "GitCommits", "NoCommits", "explained"]
