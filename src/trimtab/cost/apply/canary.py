"""Which change goes first: of like ones the one whose failure would hurt least."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.model import Change, Saving

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trimtab.spec.owner import ServiceClass

_CALMEST: dict[ServiceClass, int] = {"batch": 0, "standard": 1, "critical": 2}


def canaries(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return what goes first; empty where no change has a like one.

    Changes are alike where they set the same fields of the same kind: what goes wrong with one would go wrong with
    the others. Of them the one of the calmest service class goes first, the cheapest of those. A change that
    stands alone but spans several members of a fleet begins with the member that is measured, its first.
    """
    alike: dict[tuple[str, frozenset[str]], list[Change]] = {}
    for change in changes:
        fields = frozenset(edit.name for edit in change.edits)
        alike.setdefault((change.advice.lead.kind, fields), []).append(change)
    firsts = (_first(group) for group in alike.values())
    return tuple(change for change in firsts if change is not None)


def rest_of(changes: Iterable[Change], first: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes without what the canaries have set."""
    taken = {edit.spec_path for change in first for edit in change.edits}
    left = ((change, tuple(edit for edit in change.edits if edit.spec_path not in taken)) for change in changes)
    return tuple(change.model_copy(update={"edits": edits}) for change, edits in left if edits)


def _first(group: Sequence[Change]) -> Change | None:
    if len(group) > 1:
        return min(group, key=_harm)
    (change,) = group
    own = {field.spec_path for field in change.advice.lead.fields}
    edits = tuple(edit for edit in change.edits if edit.spec_path in own)
    partial = edits and len(edits) < len(change.edits)
    return Change(advice=change.advice, edits=edits) if partial else None


def _harm(change: Change) -> tuple[int, Decimal, str]:
    saving = change.advice.savings
    spend = saving.monthly_before if isinstance(saving, Saving) else Decimal(0)
    return _CALMEST[change.advice.lead.service_class], spend, change.advice.subject.name
