"""`trimtab cost recommend --explain`: everything behind one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cli.cost.advice_rows import money
from trimtab.cost.kinds import KINDS
from trimtab.cost.model import Recommendation, Saving, Unmeasured
from trimtab.cost.sizing.words import said
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from trimtab.cost.model import Advice, AdviceDocument


def explain(document: AdviceDocument, name: str) -> str:
    """Return samples used, candidates, back-test, price parts and guards of one subject.

    Raises:
        UserError: the run has no such resource or fleet.
    """
    found = next(
        (
            advice
            for advice in document.advice
            if name == advice.subject.name or name in {member.resource_id for member in advice.utilisation.members}
        ),
        None,
    )
    if found is None:
        raise UserError(
            f"--explain {name!r}: no such resource or fleet in the inventory",
            remedy="take a name from the first column of `trimtab cost recommend`.",
        )
    return "\n".join(_lines(found))


def _lines(advice: Advice) -> list[str]:
    lead = advice.lead
    kind = KINDS[lead.kind]
    lines = [
        f"{advice.subject.name}: {advice.status}",
        f"  kind        {kind.title} ({kind.id}); {kind.never_cross}",
        f"  class       {lead.service_class}",
        f"  strategy    {advice.strategy}",
        f"  because     {advice.reason}",
    ]
    usage = advice.utilisation
    if not isinstance(usage, Unmeasured):
        lines.append(
            f"  samples     {usage.samples:,} of {usage.metric}, {usage.first:%Y-%m-%d %H:%M} to "
            f"{usage.last:%Y-%m-%d %H:%M} UTC, every {usage.step_minutes:.3g} min, coverage {usage.coverage:.0%}"
        )
    lines += [f"  repaired    {one.count:,} {one.code} ({one.repair})" for one in usage.defects]
    if isinstance(advice, Recommendation):
        lines += _back_test(advice)
    return lines


def _back_test(advice: Recommendation) -> list[str]:
    test, savings = advice.back_test, advice.savings
    saves = (
        f"  saves       {test.saving:.1%} ({test.saving_low:.1%} to {test.saving_high:.1%}), over capacity in "
        f"{test.violation:.3%} of samples, budget {test.budget:.2%}"
    )
    lines = [
        f"  advice      {said(advice)}",
        f"  back-test   {test.method}",
        saves,
        f"  worst       {test.worst.at:%Y-%m-%d %H:%M} UTC: load {test.worst.demand:.3g} of {test.worst.capacity:.3g}",
        "  candidates  saving   over capacity",
        *(f"    {one.label:<38} {one.saving:>7.1%} {one.violation:>9.3%}" for one in test.candidates),
    ]
    if isinstance(savings, Saving):
        price = savings.price
        lines.append(
            f"  money       {money(savings.monthly_before, price.currency)} a month now, "
            f"{money(savings.monthly_after, price.currency)} then; saves {money(savings.monthly, price.currency)} "
            f"({money(savings.monthly_low, price.currency)} to {money(savings.monthly_high, price.currency)}); "
            f"{price.hourly} {price.currency} a unit and hour, {price.source}, {price.as_of}"
        )
    else:
        lines.append(f"  money       unpriced: {savings.reason}")
    lines += [f"  change      {edit.spec_path}: {edit.before} → {edit.after}" for edit in advice.edits]
    return lines + [f"  caution     {caution}" for caution in advice.cautions]
