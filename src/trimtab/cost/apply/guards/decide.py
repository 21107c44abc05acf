"""From advice to decisions: each one alone, then all together."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.apply.guards.single import SINGLE
from trimtab.cost.model import Change, Held, HeldCode, Recommendation, Saving

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.cost.apply.guards.context import Context
    from trimtab.cost.model import Advice


def decide(advice: Iterable[Advice], context: Context) -> tuple[tuple[Change, ...], tuple[Held, ...]]:
    """Return what is changed, the largest saving first, and what is held back, each with its reason."""
    held: list[Held] = []
    passed: list[Recommendation] = []
    for one in advice:
        reason = next((found for guard in SINGLE if (found := guard(one, context))), None)
        if reason is not None:
            held.append(reason)
        elif isinstance(one, Recommendation):
            passed.append(one)
    passed.sort(key=lambda one: (-_monthly(one), one.subject.name))
    changes, too_many = _together(passed, context)
    return changes, (*held, *too_many)


def _together(passed: list[Recommendation], context: Context) -> tuple[tuple[Change, ...], tuple[Held, ...]]:
    """Take the dearest first while the blast radius bears it; two edits of one field are never both taken."""
    limits = context.limits
    most = max(1, math.floor(limits.resources * context.subjects))
    moved, paths = Decimal(0), set[str]()
    changes: list[Change] = []
    held: list[Held] = []
    for one in passed:
        own = {edit.spec_path for edit in one.edits}
        after = moved + abs(_monthly(one))
        if own & paths:
            reason = f"another change sets {', '.join(sorted(own & paths))} already"
            held.append(Held(advice=one, code=HeldCode.CONFLICT, reason=reason))
        elif len(changes) >= most:
            reason = f"{most} of {context.subjects} resources may change at once (--max-resources {limits.resources:g})"
            held.append(Held(advice=one, code=HeldCode.BLAST_RADIUS, reason=reason))
        elif context.monthly and after > context.monthly * Decimal(str(limits.spend)):
            share = after / context.monthly
            reason = f"{share:.0%} of the spend would move at once; {limits.spend:.0%} may (--max-spend)"
            held.append(Held(advice=one, code=HeldCode.BLAST_RADIUS, reason=reason))
        else:
            moved, paths = after, paths | own
            changes.append(Change(advice=one, edits=one.edits))
    return tuple(changes), tuple(held)


def _monthly(one: Recommendation) -> Decimal:
    return one.savings.monthly if isinstance(one.savings, Saving) else Decimal(0)
