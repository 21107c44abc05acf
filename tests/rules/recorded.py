"""What a program declares, run without an engine, as rules see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.render.placeholders import short_type
from trimtab.rules.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.render.recorded import Recorded

STACK = "pulumi:pulumi:Stack"


def resources_of(recorded: Iterable[Recorded]) -> tuple[Resource, ...]:
    """Return the declared resources; texts like `${Bucket.data.id}` stand for what a cloud decides."""
    return tuple(
        Resource(one.type, one.urn, one.name, declared=one.inputs, outputs={"id": _id(one)}, id=_id(one))
        for one in recorded
        if one.type != STACK and not one.type.startswith("pulumi:providers:")
    )


def _id(one: Recorded) -> str:
    """The text by which others name it; AWS' provider also gives it as an output."""
    return f"${{{short_type(one.type)}.{one.name}.id}}"
