"""Every rule, by hand: a rule that is not in a pack's list does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.packs import audit, cost, reliability, security, versioning

if TYPE_CHECKING:
    from trimtab.rules.port import AnyRule

RULES: tuple[AnyRule, ...] = (
    *versioning.RULES,
    *audit.RULES,
    *security.RULES,
    *reliability.RULES,
    *cost.RULES,
)
