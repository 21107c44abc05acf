"""What stands between a newcomer and `pulumi up`, with the remedy for each gap."""

from __future__ import annotations

from trimtab.local.doctor.model import Finding, Site, State
from trimtab.local.doctor.registry import CHECKS, examine

__all__ = ["CHECKS", "Finding", "Site", "State", "examine"]
