"""What an account pays for and does not use: no load to size by, a fact that settles it. One file a kind."""

from __future__ import annotations

from trimtab.cost.account.registry import ACCOUNT_KINDS
from trimtab.cost.account.scan import Scan, scan

__all__ = ["ACCOUNT_KINDS", "Scan", "scan"]
