"""What is changed and what is held, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cli.cost.advice_rows import money
from trimtab.cost.model import Abstained, Saving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trimtab.cost.apply.plan import Plan
    from trimtab.cost.model import Change, Held, Verification


def held_lines(held: Sequence[Held]) -> Iterator[str]:
    """Say why each piece of advice is held back."""
    for one in held:
        what = "not advised" if isinstance(one.advice, Abstained) else f"held ({one.code})"
        yield f"{one.advice.subject.name}: {what}: {one.reason}"


def plan_lines(plan: Plan) -> Iterator[str]:
    """Show the diff, and the cost before and after."""
    yield plan.diff
    yield ""
    for change in plan.changes:
        yield f"{change.advice.subject.name}: {_cost(change)}"
        yield f"  why: {change.advice.reason}"
        yield from (f"  caution: {one}" for one in change.advice.cautions)
    if plan.canary:
        names = ", ".join(change.advice.lead.resource_id for change in plan.canary.changes)
        yield f"canary: {names} first, watched alone; the rest follows where it is kept"


def _cost(change: Change) -> str:
    saving = change.advice.savings
    if not isinstance(saving, Saving):
        return f"no price: {saving.reason}"
    currency = saving.price.currency
    before, after = money(saving.monthly_before, currency), money(saving.monthly_after, currency)
    return f"{before} a month → {after} a month, saves {money(saving.monthly, currency)}"


def verification_lines(verifications: Sequence[Verification]) -> Iterator[str]:
    """Show every check, and the saving that was measured."""
    for one in verifications:
        yield f"{one.change.advice.subject.name}: {one.verdict}"
        yield from (f"  {'ok ' if check.passed else 'BAD'} {check.name}: {check.seen}" for check in one.checks)
        if one.realised.status == "realised":
            yield f"  saves {one.realised.monthly:,.2f} a month by what runs: {one.realised.seen}"
        else:
            yield f"  saving not measured: {one.realised.reason}"
