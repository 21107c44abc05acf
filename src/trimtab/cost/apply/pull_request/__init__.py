"""The change as a branch, a commit and a text for its reviewers; the working tree stays as it is."""

from __future__ import annotations

from trimtab.cost.apply.pull_request.body import body, title
from trimtab.cost.apply.pull_request.git import Repository
from trimtab.cost.apply.pull_request.host import open_request

__all__ = ["Repository", "body", "open_request", "title"]
