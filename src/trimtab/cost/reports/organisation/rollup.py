"""From what the members hold to one report: the same functions as for one stack, over all of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.model import AdviceDocument
from trimtab.cost.reports.build import Inputs, build
from trimtab.cost.reports.history import UnitHistory, unit_history
from trimtab.cost.reports.model import MemberLine
from trimtab.cost.reports.organisation import rename
from trimtab.cost.reports.organisation.gather import Failed, Read
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from trimtab.cost.reports.build import Week
    from trimtab.cost.reports.model import Report
    from trimtab.cost.reports.organisation.file import Organisation
    from trimtab.cost.reports.organisation.gather import Outcome


def rollup(organisation: Organisation, outcomes: Sequence[Outcome], week: Week, generated: datetime) -> Report:
    """Make one report of all members that could be read.

    Raises:
        WorldError: none could be read.
    """
    read = [one for one in outcomes if isinstance(one, Read)]
    if not read:
        reasons = "; ".join(f"{one.member.name}: {one.reason}" for one in outcomes if isinstance(one, Failed))
        raise WorldError(f"no member of {organisation.name} could be read: {reasons}", remedy="mend what each says.")
    report = build(_together(organisation, read, week, generated))
    return report.model_copy(update={"members": tuple(_line(one) for one in outcomes)})


def _line(outcome: Outcome) -> MemberLine:
    member = outcome.member
    if isinstance(outcome, Failed):
        return MemberLine(
            name=member.name, account=member.account, stack=member.stack, status="failed", reason=outcome.reason
        )
    top = build(replace(outcome.inputs, history=None)).headline
    return MemberLine(
        name=member.name,
        account=member.account,
        stack=member.stack,
        status="read",
        monthly=top.monthly,
        idle=top.idle,
        advised=top.advised,
        budget=outcome.inputs.budget,
        subjects=top.subjects,
    )


def _together(organisation: Organisation, read: Sequence[Read], week: Week, generated: datetime) -> Inputs:
    documents = [one.inputs.advice for one in read]
    renamed = {
        one.member.name: tuple(rename.advice(one.member.name, each) for each in one.inputs.advice.advice)
        for one in read
    }
    runs = [rename.run(one.member.name, each) for one in read for each in one.inputs.runs]
    return Inputs(
        stack=organisation.name,
        platform=organisation.name,
        environment=", ".join(sorted({one.inputs.environment for one in read})),
        week=week,
        generated=generated,
        advice=AdviceDocument(
            created=min(one.created for one in documents),
            until=max(one.until for one in documents),
            strategy=documents[0].strategy,
            advice=tuple(each for group in renamed.values() for each in group),
        ),
        prices={
            rename.named(one.member.name, name): price for one in read for name, price in one.inputs.prices.items()
        },
        held=tuple(rename.held(one.member.name, each) for one in read for each in one.inputs.held),
        runs=tuple(sorted(runs, key=lambda one: one.planned.at)),
        findings=_lists([one.inputs.findings for one in read]),
        waivers=_lists([one.inputs.waivers for one in read]),
        budget=_budget(organisation, read),
        currency=organisation.currency,
        history=_history(read),
        commits_of={name: one.inputs.commits for one in read for name in _subjects(renamed[one.member.name])},
        accounts={name: one.member.account for one in read for name in _subjects(renamed[one.member.name])},
        notes=tuple(note for one in read for note in _notes(one)),
    )


def _subjects(advice: Sequence[Any]) -> Iterator[str]:
    yield from (one.subject.name for one in advice)


def _notes(one: Read) -> Iterator[str]:
    yield from (f"{one.member.name}: {note}" for note in one.inputs.notes)
    for defect in one.inputs.advice.defects:
        yield f"{one.member.name}: {defect.count} samples: {defect.code}: {defect.repair}"


def _lists(parts: Sequence[tuple[Mapping[str, Any], ...] | None]) -> tuple[Mapping[str, Any], ...] | None:
    """Put lists together; None only where no member gave one."""
    given = [one for one in parts if one is not None]
    return tuple(entry for one in given for entry in one) if given else None


def _budget(organisation: Organisation, read: Sequence[Read]) -> Decimal | None:
    """Return the organisation's budget, or what the members' add up to where every one has its own."""
    own = [one.inputs.budget for one in read if one.inputs.budget is not None]
    if organisation.budget is not None:
        return organisation.budget
    return sum(own, Decimal(0)) if len(own) == len(organisation.members) else None


def _history(read: Sequence[Read]) -> UnitHistory | None:
    parts = [
        UnitHistory(
            told.start,
            {rename.named(one.member.name, name): units for name, units in told.units.items()},
            told.source,
            {rename.named(one.member.name, name): answers for name, answers in told.predictions.items()},
        )
        for one in read
        if (told := one.inputs.history) is not None
    ]
    return unit_history(parts) if parts else None
