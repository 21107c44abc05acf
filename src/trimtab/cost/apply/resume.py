"""Taking over a run that died, and undoing one that had ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from trimtab.cost.apply.stages import UPS
from trimtab.cost.apply.transaction import back, close, forward, unedit
from trimtab.cost.model import Verdict
from trimtab.cost.model.journal import Begun, Failed, Outcome, Resumed, Step

if TYPE_CHECKING:
    from trimtab.cost.apply.wiring import Wiring
    from trimtab.cost.model.journal import Closed, Run

How = Literal["finish", "undo", "abandon"]
_IN_FORCE = {
    Step.EDIT: "the canary is in force and was found good; the rest was about to follow",
    Step.CANARY_WATCH: "the canary alone is in force and was being watched",
}


def resume(w: Wiring, how: How, author: str) -> Closed:
    """Finish, undo or give up the open run of the journal.

    Raises:
        UserError: the configuration was edited by somebody else meanwhile.
        WorldError: something failed; the run stays open.
    """
    run = w.journal.run
    w.journal.write(Resumed(at=w.clock(), author=author, how=how))
    if how == "abandon":
        return close(w, Outcome.ABANDONED, f"given up by {author} at step {run.step or 'planned'}")
    if _has_touched_the_cloud(run):
        w.engine.recover()
    if how == "undo" and not _has_touched_the_cloud(run):
        return unedit(w, f"undone by {author} before the cloud was changed")
    if how == "undo" or _is_going_back(run):
        return back(w, _why(run, author))
    return forward(w)


def rollback(w: Wiring, author: str) -> Closed:
    """Undo a run that was kept.

    Raises:
        UserError: an edited field was changed again since.
        WorldError: the update failed; the run is open again and `resume` goes on.
    """
    w.journal.write(Resumed(at=w.clock(), author=author, how="undo"))
    return back(w, f"rolled back by {author}")


def what_resume_does(run: Run) -> str:
    """Say in which state an open run is, and what `resume` will do with it."""
    step = run.step
    config = run.planned.config.path
    if run.begun_at(Step.EDIT_BACK):
        return f"it was going back at step {step}; `resume` finishes going back"
    if step is None or step is Step.GATE:
        return f"{config} and the cloud are unchanged; `resume` goes on with the preview, `resume --undo` drops it"
    if step in {Step.EDIT, Step.CANARY_EDIT} and not _has_touched_the_cloud(run):
        state = f"{config} is the old or the new one, the cloud is unchanged"
    elif step in UPS:
        state = f"{config} is the new one, the cloud may be half way"
    else:
        state = _IN_FORCE.get(step, "the change is in force and was being watched")
    return f"{state}; `resume` goes on, `resume --undo` goes back"


def _is_going_back(run: Run) -> bool:
    return any(
        (isinstance(event, Failed) and event.step in UPS)
        or (isinstance(event, Begun) and event.step is Step.EDIT_BACK)
        or (isinstance(event, Resumed) and event.how == "undo")
        for event in run.events
    )


def _has_touched_the_cloud(run: Run) -> bool:
    return any(run.begun_at(step) is not None for step in (*UPS, Step.UP_BACK))


def _why(run: Run, author: str) -> str:
    failed = [event.reason for event in run.events if isinstance(event, Failed) and event.step in UPS]
    bad = [one.reason for one in run.verifications if one.verdict is not Verdict.KEPT]
    return "; ".join(failed or bad) or f"undone by {author}"
