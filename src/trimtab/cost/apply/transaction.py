"""The transaction: gate, edit, up, watch, then keep or go back; every step is journalled before it is taken.

```
planned ─ gate ─ (canary-edit ─ canary-up ─ canary-watch) ─ edit ─ up ─ watch ─┬─ kept
             └─ denied              └──────────┴──────────────────┴────────────┴─ edit-back ─ up-back ─ rolled-back
```

`forward` and `back` read from the journal what was done already, so that a later process can go on from any
line of it. Steps may be taken twice: each one leads to the same state however often it is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.apply.config import replaced
from trimtab.cost.apply.config.edit import digest
from trimtab.cost.apply.config.stack_file import edited_meanwhile
from trimtab.cost.apply.errors import EngineError
from trimtab.cost.apply.gate import refusal
from trimtab.cost.apply.stages import stages
from trimtab.cost.files import replace
from trimtab.cost.model import Verdict
from trimtab.cost.model.journal import Begun, Closed, Done, Failed, Outcome, Step, Verified
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from trimtab.cost.apply.stages import Stage
    from trimtab.cost.apply.wiring import Wiring
    from trimtab.cost.model import SpecEdit


def forward(w: Wiring) -> Closed:
    """Take every step that is left, and return how the run ended.

    Raises:
        UserError: the configuration was edited by somebody else meanwhile; it was left as it is.
        WorldError: something failed that leaves the run open; `resume` goes on.
    """
    run = w.journal.run
    if not run.has_done(Step.GATE):
        problem = gate(w)
        if problem:
            return close(w, Outcome.DENIED, problem)
    for stage in stages(run.planned):
        trouble = _take(w, stage)
        if trouble:
            return back(w, trouble, reread=not w.journal.run.has_done(stage.up))
    return close(w, Outcome.KEPT, "; ".join(one.reason for one in w.journal.run.verifications))


def back(w: Wiring, reason: str, *, reread: bool = False) -> Closed:
    """Set the edited fields to what they were, update the cloud, and return how the run ended.

    Args:
        w: the parts of the run.
        reason: why.
        reread: whether an update has just failed. What the cloud did of it is not in the state: an answer may have
            been lost after the change was made, and an update of such a state would leave the change where it is.

    Raises:
        UserError: an edited field was changed again by somebody else.
        WorldError: the update failed; `resume` tries again.
    """
    planned = w.journal.run.planned
    w.tell(f"going back: {reason}")
    _edit_back(w)
    _begin(w, Step.UP_BACK)
    try:
        if reread:
            w.tell("pulumi refresh (what the failed update has done)")
            w.engine.reread()
        w.tell("pulumi up (going back)")
        w.engine.up()
    except EngineError as error:
        w.journal.write(Failed(step=Step.UP_BACK, at=w.clock(), reason=error.message))
        raise WorldError(
            f"{error.message}; {planned.config.path} is as it was before, the cloud may not be",
            remedy=f"mend what failed, then `trimtab cost resume --stack {planned.stack}` tries again.",
        ) from error
    _done(w, Step.UP_BACK)
    return close(w, Outcome.ROLLED_BACK, reason)


def unedit(w: Wiring, reason: str) -> Closed:
    """Set the edited fields to what they were, where the cloud was not changed yet.

    Raises:
        UserError: an edited field was changed again by somebody else.
    """
    _edit_back(w)
    return close(w, Outcome.ROLLED_BACK, reason)


def gate(w: Wiring) -> str:
    """Preview the new configuration under the policy packs; return what stands against it.

    The preview reads a copy, so the stack's file stays as it is until everything agrees.
    """
    planned = w.journal.run.planned
    _begin(w, Step.GATE)
    text = w.file.read()
    if digest(text) != planned.config.before:
        raise edited_meanwhile(w.file.name)
    packs = f" under {', '.join(planned.packs)}" if planned.packs else ""
    w.tell(f"pulumi preview{packs}")
    candidate = w.scratch / f"Pulumi.{planned.run}.yaml"
    try:
        replace(candidate, replaced(text, planned.config.replacements))
        problem = refusal(w.engine.preview(candidate), planned.named)
    except EngineError as error:
        problem = error.message
    finally:
        candidate.unlink(missing_ok=True)
    if problem:
        w.journal.write(Failed(step=Step.GATE, at=w.clock(), reason=problem))
    else:
        _done(w, Step.GATE)
    return problem


def close(w: Wiring, outcome: Outcome, reason: str) -> Closed:
    """Write down how the run ended."""
    closed = Closed(at=w.clock(), outcome=outcome, reason=reason)
    w.journal.write(closed)
    return closed


def _take(w: Wiring, stage: Stage) -> str:
    """Take what is left of a stage; return why it must be taken back, or an empty string."""
    run = w.journal.run
    if not run.has_done(stage.edit):
        _begin(w, stage.edit)
        w.file.forward(stage.config)
        _done(w, stage.edit)
        w.tell(f"{w.file.name} edited{_of(stage)}")
    if not run.has_done(stage.up):
        failure = _up(w, stage)
        if failure:
            return f"the update failed: {failure}"
    return _judge(w, stage)


def _edit_back(w: Wiring) -> None:
    planned = w.journal.run.planned
    edits: list[SpecEdit] = [edit for change in planned.changes for edit in change.edits]
    _begin(w, Step.EDIT_BACK)
    w.file.back([stage.config for stage in stages(planned)], edits)
    _done(w, Step.EDIT_BACK)


def _up(w: Wiring, stage: Stage) -> str:
    _begin(w, stage.up)
    w.tell(f"pulumi up{_of(stage)}")
    try:
        w.engine.up()
    except EngineError as error:
        w.journal.write(Failed(step=stage.up, at=w.clock(), reason=error.message))
        return error.message
    _done(w, stage.up)
    return ""


def _judge(w: Wiring, stage: Stage) -> str:
    run = w.journal.run
    verifications = run.verified(stage.watch)
    if not verifications:
        since = run.done_at(stage.up) or w.clock()
        _begin(w, stage.watch)
        verifications = w.watcher.watch(stage.changes, since, run.planned.watch_seconds)
        w.journal.write(Verified(step=stage.watch, at=w.clock(), verifications=verifications))
    bad = [one.reason for one in verifications if one.verdict is not Verdict.KEPT]
    return f"{stage.title}: {'; '.join(bad)}" if bad and stage.title else "; ".join(bad)


def _of(stage: Stage) -> str:
    return f" ({stage.title})" if stage.title else ""


def _begin(w: Wiring, step: Step) -> None:
    w.journal.write(Begun(step=step, at=w.clock()))


def _done(w: Wiring, step: Step) -> None:
    w.journal.write(Done(step=step, at=w.clock()))
