"""The stages of a run: everything at once, or a canary first and the rest after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.cost.model.journal import Step

if TYPE_CHECKING:
    from trimtab.cost.model import Change
    from trimtab.cost.model.journal import ConfigEdit, Planned

UPS = frozenset({Step.CANARY_UP, Step.UP})
"""Steps that change the cloud forwards."""


@dataclass(frozen=True)
class Stage:
    """An edit, an update and a watch.

    Attributes:
        edit, up, watch: the steps as the journal names them.
        config: from the file of the stage before to its own.
        changes: what is watched.
        title: what it is called for people.
    """

    edit: Step
    up: Step
    watch: Step
    config: ConfigEdit
    changes: tuple[Change, ...]
    title: str


def stages(planned: Planned) -> tuple[Stage, ...]:
    """Return the stages of a run in their order; the last one watches every change."""
    canary = planned.canary
    rest = canary.rest if canary else planned.config
    last = Stage(Step.EDIT, Step.UP, Step.WATCH, rest, planned.changes, "")
    if canary is None:
        return (last,)
    names = ", ".join(change.advice.lead.resource_id for change in canary.changes)
    title = f"canary {names}"
    first = Stage(Step.CANARY_EDIT, Step.CANARY_UP, Step.CANARY_WATCH, canary.config, canary.changes, title)
    return (first, last)
