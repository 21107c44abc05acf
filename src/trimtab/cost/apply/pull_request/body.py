"""What a reviewer reads."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.model import Saving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.apply.plan import Plan
    from trimtab.cost.model import Change


def title(plan: Plan, stack: str) -> str:
    """Return one line: what is sized, and what it saves."""
    names = ", ".join(change.advice.subject.name for change in plan.changes)
    saved = sum((_monthly(change) for change in plan.changes), Decimal(0))
    return f"{stack}: size {names} (saves {saved:,.0f} {_currency(plan)} a month)"


def body(plan: Plan, stack: str, gate: str) -> str:
    """Return the Markdown: reasons, cost before and after, back-test, diff, what the gate said, what is held."""
    return "\n".join(_lines(plan, stack, gate))


def _lines(plan: Plan, stack: str, gate: str) -> Iterator[str]:
    yield f"Sizes of stack `{stack}`, advised by `trimtab cost recommend`."
    yield ""
    yield "| Resource | Cost a month before | after | Why | Too small in the back-test |"
    yield "|---|---:|---:|---|---:|"
    for change in plan.changes:
        yield _row(change)
    yield from ("", "```diff", plan.diff, "```", "", f"Preview under the policy packs: {gate or 'passed'}.", "")
    if plan.held:
        yield "<details><summary>Held back</summary>"
        yield ""
        for held in plan.held:
            yield f"- `{held.advice.subject.name}` ({held.code}): {held.reason}"
        yield ""
        yield "</details>"
        yield ""
    yield f"After the merge, `pulumi up --stack {stack}` applies it; `git revert` takes it back."


def _row(change: Change) -> str:
    saving, test = change.advice.savings, change.advice.back_test
    before, after = ("no price", "no price")
    if isinstance(saving, Saving):
        before, after = (f"{one:,.2f} {saving.price.currency}" for one in (saving.monthly_before, saving.monthly_after))
    reason = change.advice.reason.replace("|", r"\|")
    return (
        f"| `{change.advice.subject.name}` | {before} | {after} | {reason} | "
        f"{test.violation:.2%} of {test.samples:,} samples, {test.budget:.2%} allowed |"
    )


def _monthly(change: Change) -> Decimal:
    return change.advice.savings.monthly if isinstance(change.advice.savings, Saving) else Decimal(0)


def _currency(plan: Plan) -> str:
    found = [one.advice.savings.price.currency for one in plan.changes if isinstance(one.advice.savings, Saving)]
    return found[0] if found else "USD"
