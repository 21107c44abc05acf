"""A member's name before each of its resources, so that two accounts may both have a `scorer`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.model import Abstained
from trimtab.cost.model.journal import Planned, Verified

if TYPE_CHECKING:
    from trimtab.cost.model import Advice, Change, Held, Measured, Recommendation, Resource, Subject
    from trimtab.cost.model.journal import Event, Run
    from trimtab.cost.model.verification import Verification


def named(member: str, name: str) -> str:
    """Return how a resource of a member is called in the roll-up."""
    return f"{member}/{name}" if name else name


def advice(member: str, one: Advice) -> Advice:
    """Rename the subject and its members."""
    return abstention(member, one) if isinstance(one, Abstained) else recommendation(member, one)


def abstention(member: str, one: Abstained) -> Abstained:
    """Rename what is not advised."""
    return one.model_copy(update=_parts(member, one.subject, one.utilisation))


def recommendation(member: str, one: Recommendation) -> Recommendation:
    """Rename what is advised."""
    return one.model_copy(update=_parts(member, one.subject, one.utilisation))


def held(member: str, one: Held) -> Held:
    """Rename what is held back."""
    return one.model_copy(update={"advice": advice(member, one.advice)})


def run(member: str, one: Run) -> Run:
    """Rename what a run changed."""
    planned: Planned = one.planned.model_copy(
        update={
            "changes": tuple(_change(member, change) for change in one.planned.changes),
            "held": tuple(held(member, waiting) for waiting in one.planned.held),
        }
    )
    return one.model_copy(update={"planned": planned, "events": tuple(_event(member, event) for event in one.events)})


def _event(member: str, event: Event) -> Event:
    if not isinstance(event, Verified):
        return event
    return event.model_copy(update={"verifications": tuple(_verification(member, one) for one in event.verifications)})


def _verification(member: str, one: Verification) -> Verification:
    return one.model_copy(update={"change": _change(member, one.change)})


def _change(member: str, one: Change) -> Change:
    return one.model_copy(update={"advice": recommendation(member, one.advice)})


def _parts(member: str, subject: Subject, measured: Measured) -> dict[str, object]:
    own = _subject(member, subject)
    members = tuple(_resource(member, one) for one in measured.members)
    return {"subject": own, "utilisation": measured.model_copy(update={"subject": own, "members": members})}


def _subject(member: str, one: Subject) -> Subject:
    if one.fleet is not None:
        return one.model_copy(update={"fleet": named(member, one.fleet)})
    return one.model_copy(update={"resource_id": named(member, one.resource_id or "")})


def _resource(member: str, one: Resource) -> Resource:
    names = {"resource_id": one.resource_id, "fleet": one.fleet, "component": one.component}
    return one.model_copy(update={key: named(member, value) for key, value in names.items()})
