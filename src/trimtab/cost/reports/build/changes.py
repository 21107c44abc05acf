"""What was changed, from the journal: promised against realised."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.model import Saving
from trimtab.cost.model.journal import Outcome
from trimtab.cost.model.verification import Realised, Unrealised
from trimtab.cost.reports.build.advice import edit_lines
from trimtab.cost.reports.model import Calibration, ChangeLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trimtab.cost.model import Change
    from trimtab.cost.model.journal import Run
    from trimtab.cost.model.verification import Verification
    from trimtab.cost.reports.build.inputs import Week

UNFINISHED = "unfinished"


def changes(runs: Iterable[Run], week: Week) -> tuple[ChangeLine, ...]:
    """Return every change of every run before the end of the week, newest first."""
    before = [run for run in runs if run.planned.at < week.until]
    return tuple(_line(run, change, week) for run in reversed(before) for change in run.planned.changes)


def _line(run: Run, change: Change, week: Week) -> ChangeLine:
    verification = _verification(run, change)
    closed = run.closed
    saving = change.advice.savings
    return ChangeLine(
        run=run.id,
        at=run.planned.at,
        author=run.planned.author,
        subject=change.advice.subject.name,
        edits=edit_lines(change.edits),
        outcome=closed.outcome.value if closed else UNFINISHED,
        reason=closed.reason if closed else f"stopped at step {run.step or 'planned'}; `trimtab cost resume` goes on",
        promised=saving.monthly if isinstance(saving, Saving) else None,
        realised=_realised(verification, closed.outcome if closed else None),
        checks=tuple((check.name, check.passed, check.seen) for check in verification.checks) if verification else (),
        this_week=week.since <= run.planned.at < week.until,
    )


def _verification(run: Run, change: Change) -> Verification | None:
    name = change.advice.subject.name
    return next((one for one in run.verifications if one.change.advice.subject.name == name), None)


def _realised(verification: Verification | None, outcome: Outcome | None) -> Realised | Unrealised:
    if outcome is not Outcome.KEPT:
        return Unrealised(reason="the change is not in force")
    return verification.realised if verification else Unrealised(reason="it was not verified yet")


def calibration(lines: Sequence[ChangeLine]) -> Calibration:
    """Compare what kept changes promised with what they bring, where both are known."""
    kept = [line for line in lines if line.outcome == Outcome.KEPT]
    pairs = [
        (line.promised, line.realised.monthly)
        for line in kept
        if line.promised is not None and isinstance(line.realised, Realised)
    ]
    return Calibration(
        changes=len(kept),
        measured=len(pairs),
        promised=sum((promised for promised, _ in pairs), Decimal(0)),
        realised=sum((realised for _, realised in pairs), Decimal(0)),
    )
