"""What a preview must not hold: a refusal of the engine or a policy, or the loss of something stateful."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.spec.stateful import STATEFUL_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection

    from trimtab.cost.apply.engine import Operation, Preview

FORBIDDEN = "a policy forbids it"
_LOSSES = frozenset({"delete", "replace", "delete-replaced", "create-replacement", "discard", "discard-replaced"})


def refusal(preview: Preview, named: Collection[str] = ()) -> str:
    """Return why the change may not be made, or an empty string.

    Args:
        preview: what the engine says of the new configuration.
        named: names or URNs of what holds data and may be replaced or deleted all the same.
    """
    if preview.denials:
        return f"{FORBIDDEN}: {'; '.join(preview.denials)}"
    if not preview.passed:
        return f"the preview failed: {'; '.join(preview.problems)}"
    lost = sorted({one.name for one in preview.operations if _loses_state(one) and not {one.name, one.urn} & {*named}})
    if lost:
        told = ", ".join(lost)
        return f"the preview would replace or delete {told}, which holds data, and nobody named it (--may-replace)"
    return ""


def _loses_state(one: Operation) -> bool:
    return one.kind in _LOSSES and one.type in STATEFUL_TYPES
