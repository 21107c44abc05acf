"""The table of contents of a report."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.model.journal import Outcome
from trimtab.cost.reports.build.advice import recommendations, waiting
from trimtab.cost.reports.build.billed import billed
from trimtab.cost.reports.build.changes import calibration, changes
from trimtab.cost.reports.build.gpus import gpu_use
from trimtab.cost.reports.build.heat import heat
from trimtab.cost.reports.build.lines import line
from trimtab.cost.reports.build.policy import policy, waivers
from trimtab.cost.reports.build.spend import component_of, environment_of, groups, model_of, owner_of
from trimtab.cost.reports.build.unit_costs import unit_costs
from trimtab.cost.reports.model import Cost, Headline, Report
from trimtab.cost.reports.outlook import outlook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.reports.build.inputs import Inputs
    from trimtab.cost.reports.model import AdviceLine, Calibration, ChangeLine, Line, SpendGroup
    from trimtab.cost.reports.outlook import Seen


def build(inputs: Inputs) -> Report:
    """Make the report.

    Raises:
        UserError: a waiver is not readable.
    """
    advice = inputs.advice.advice
    bare = tuple(line(one, inputs.prices) for one in advice)
    seen = _outlook(inputs, bare)
    lines = tuple(
        one.model_copy(
            update={
                "account": inputs.accounts.get(one.subject, inputs.account),
                "days": seen.days.get(one.subject, ()),
                "week": seen.weeks.get(one.subject, one.week),
            }
        )
        for one in bare
    )
    by_component = groups(lines, component_of)
    done = changes(inputs.runs, inputs.week)
    measured = calibration(done)
    applied = _applied_since(inputs)
    open_advice = recommendations([one for one in advice if one.subject.name not in applied], inputs.held)
    return Report(
        stack=inputs.stack,
        platform=inputs.platform,
        environment=inputs.environment,
        week=inputs.week.name,
        since=inputs.week.since,
        until=min(inputs.week.until, inputs.generated),
        generated=inputs.generated,
        currency=inputs.currency,
        headline=_headline(inputs, lines, by_component, open_advice, done=done, measured=measured),
        lines=lines,
        by_component=by_component,
        by_owner=groups(lines, owner_of),
        by_model=groups(lines, model_of),
        by_environment=groups(lines, environment_of),
        by_resource=groups(lines, lambda one: one.subject),
        heat=heat(zip(advice, lines, strict=True)),
        gpus=gpu_use(zip(advice, lines, strict=True)),
        unit_costs=unit_costs(lines, inputs.history, inputs.week),
        outlook=seen.outlook,
        billed=None if inputs.bill is None else billed(inputs.bill, lines, inputs.currency),
        commitments=inputs.commitments,
        advice=open_advice,
        waiting=waiting(advice, inputs.held),
        changes=done,
        calibration=measured,
        policy=None if inputs.findings is None else policy(inputs.findings),
        waivers=None if inputs.waivers is None else waivers(inputs.waivers, inputs.generated.date()),
        notes=(*inputs.notes, *(f"{one.count} samples: {one.code}: {one.repair}" for one in inputs.advice.defects)),
    )


def _outlook(inputs: Inputs, lines: Sequence[Line]) -> Seen:
    fields = {
        one.subject.name: tuple(
            field.spec_path for member in one.utilisation.members for field in member.fields if field.spec_path
        )
        for one in inputs.advice.advice
    }
    return outlook(
        lines,
        inputs.history,
        inputs.prices,
        since=inputs.week.since,
        budget=inputs.budget,
        runs=inputs.runs,
        commits_of=lambda name: inputs.commits_of.get(name, inputs.commits),
        fields=fields,
    )


def _applied_since(inputs: Inputs) -> frozenset[str]:
    """Return the subjects whose advice was carried out after it was given: it is not advised once more."""
    return frozenset(
        change.advice.subject.name
        for run in inputs.runs
        if run.closed is not None and run.closed.outcome is Outcome.KEPT and run.planned.at >= inputs.advice.created
        for change in run.planned.changes
    )


def _headline(
    inputs: Inputs,
    lines: Sequence[Line],
    spend: Sequence[SpendGroup],
    open_advice: Sequence[AdviceLine],
    *,
    done: Sequence[ChangeLine],
    measured: Calibration,
) -> Headline:
    priced = [one.cost for one in lines if isinstance(one.cost, Cost)]
    monthly = sum((cost.monthly for cost in priced), Decimal(0))
    judged = monthly - sum((group.unmeasured for group in spend), Decimal(0))
    used = sum((group.used for group in spend), Decimal(0))
    outcomes = [one.outcome for one in done]
    return Headline(
        monthly=monthly if priced else None,
        weekly=sum((cost.weekly for cost in priced), Decimal(0)) if priced else None,
        idle=judged - used if judged else None,
        use=float(used / judged) if judged else None,
        advised=sum((one.monthly for one in open_advice if one.monthly is not None), Decimal(0)),
        promised=measured.promised,
        realised=measured.realised,
        kept=outcomes.count(Outcome.KEPT),
        rolled_back=outcomes.count(Outcome.ROLLED_BACK),
        budget=inputs.budget,
        unpriced=len(lines) - len(priced),
        subjects=len(lines),
    )
