"""What the journal of an apply holds: one run, event by event; each step is written down before it is taken."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from trimtab.cost.model.base import Model, Utc
from trimtab.cost.model.change import Change, Held
from trimtab.cost.model.verification import Verification


class Step(StrEnum):
    """The steps of a run, in their order; the canary's only where one goes first; the last two are the way back."""

    GATE = "gate"
    CANARY_EDIT = "canary-edit"
    CANARY_UP = "canary-up"
    CANARY_WATCH = "canary-watch"
    EDIT = "edit"
    UP = "up"
    WATCH = "watch"
    EDIT_BACK = "edit-back"
    UP_BACK = "up-back"


class Outcome(StrEnum):
    """How a run ended."""

    KEPT = "kept"
    ROLLED_BACK = "rolled-back"
    DENIED = "denied"
    """The preview failed or a policy forbids it; nothing was changed."""
    PROPOSED = "proposed"
    """Written as a pull request; nothing was changed here."""
    ABANDONED = "abandoned"
    """Given up by a person; the declaration stays as it was found."""


class Replacement(Model):
    """One place of a text file: `old` at character `start` of the old text becomes `new`."""

    start: int = Field(ge=0)
    old: str
    new: str


class ConfigEdit(Model):
    """The edit of a stack's configuration file; holds no other part of the file, so no secret of it.

    Attributes:
        path: the file, relative to the project's folder.
        before, after: SHA-256 of the whole file.
        replacements: in the order of the text, in characters of the old one.
    """

    path: str
    before: str
    after: str
    replacements: tuple[Replacement, ...]


class Canary(Model):
    """What goes first, alone, and is watched before the rest follows.

    Attributes:
        changes: one of each group of like changes; of a change of several members, the edits of one member.
        config: the edit that makes the old file the canary's.
        rest: the edit that makes the canary's file the new one.
    """

    changes: tuple[Change, ...] = Field(min_length=1)
    config: ConfigEdit
    rest: ConfigEdit


class Planned(Model):
    """The first event of a run: what will be done, and what is held back.

    Attributes:
        named: names or URNs of what holds data and may be replaced or deleted by this run.
        canary: what goes first; None: all changes at once.
    """

    type: Literal["planned"] = "planned"
    run: str
    stack: str
    at: Utc
    author: str
    changes: tuple[Change, ...]
    held: tuple[Held, ...] = ()
    config: ConfigEdit
    watch_seconds: int
    packs: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    canary: Canary | None = None


class Begun(Model):
    """A step is about to be taken."""

    type: Literal["begun"] = "begun"
    step: Step
    at: Utc


class Done(Model):
    """A step was taken."""

    type: Literal["done"] = "done"
    step: Step
    at: Utc
    detail: str = ""


class Failed(Model):
    """A step was tried and did not succeed."""

    type: Literal["failed"] = "failed"
    step: Step
    at: Utc
    reason: str


class Verified(Model):
    """What the metrics said of the changes, or of the canary's alone."""

    type: Literal["verified"] = "verified"
    step: Step = Step.WATCH
    at: Utc
    verifications: tuple[Verification, ...]


class Resumed(Model):
    """A later process took the run over."""

    type: Literal["resumed"] = "resumed"
    at: Utc
    author: str
    how: Literal["finish", "undo", "abandon"]


class Closed(Model):
    """The end of a run, or of its undoing."""

    type: Literal["closed"] = "closed"
    at: Utc
    outcome: Outcome
    reason: str


Event = Annotated[Planned | Begun | Done | Failed | Verified | Resumed | Closed, Field(discriminator="type")]


class Run(Model):
    """A run as its journal tells it."""

    planned: Planned
    events: tuple[Event, ...] = ()

    @property
    def id(self) -> str:
        """The run's name."""
        return self.planned.run

    @property
    def closed(self) -> Closed | None:
        """How it ended; None while it has not, or while what had ended is being undone."""
        last = self.events[-1] if self.events else None
        ends = [event for event in self.events if isinstance(event, Closed)]
        # A later verification of a kept run does not open it again.
        return ends[-1] if ends and isinstance(last, Closed | Verified) else None

    @property
    def step(self) -> Step | None:
        """The step that was begun last; None before the first one."""
        return next((event.step for event in reversed(self.events) if isinstance(event, Begun)), None)

    @property
    def verifications(self) -> tuple[Verification, ...]:
        """The newest verdicts, one a change."""
        return next((event.verifications for event in reversed(self.events) if isinstance(event, Verified)), ())

    def verified(self, step: Step) -> tuple[Verification, ...]:
        """The newest verdicts of one watch; empty while it has not ended."""
        of_step = (event for event in reversed(self.events) if isinstance(event, Verified) and event.step is step)
        return next((event.verifications for event in of_step), ())

    def has_done(self, step: Step) -> bool:
        """Whether `step` was taken."""
        return any(isinstance(event, Done) and event.step == step for event in self.events)

    def begun_at(self, step: Step) -> Utc | None:
        """When `step` was begun last."""
        moments = [event.at for event in self.events if isinstance(event, Begun) and event.step == step]
        return moments[-1] if moments else None

    def done_at(self, step: Step) -> Utc | None:
        """When `step` was done last."""
        moments = [event.at for event in self.events if isinstance(event, Done) and event.step == step]
        return moments[-1] if moments else None
