"""What somebody changed by hand since the last update is left alone: an update would take it back without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.model import Change, Held, HeldCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trimtab.cost.apply.engine import Drift

_SHOWN = 3


def components(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return the URNs of the components that registered the changed resources' handles."""
    members = (member for change in changes for member in change.advice.utilisation.members)
    return tuple(dict.fromkeys(member.urn for member in members if member.urn))


def hold_drifted(changes: Iterable[Change], drift: Sequence[Drift]) -> tuple[tuple[Change, ...], tuple[Held, ...]]:
    """Part changes into those whose components are in the cloud as declared, and those that are held."""
    kept: list[Change] = []
    held: list[Held] = []
    for change in changes:
        own = {member.urn for member in change.advice.utilisation.members}
        found = [str(one) for one in drift if one.component in own]
        if found:
            held.append(Held(advice=change.advice, code=HeldCode.DRIFT, reason=_reason(found)))
        else:
            kept.append(change)
    return tuple(kept), tuple(held)


def _reason(found: Sequence[str]) -> str:
    more = f", and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return f"{'; '.join(found[:_SHOWN])}{more}: declare it, or `pulumi up` to take it back, then advise anew"
