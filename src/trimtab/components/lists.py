"""Lists of which each entry, and the list itself, may be an output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

if TYPE_CHECKING:
    from collections.abc import Sequence


def strings(values: pulumi.Input[Sequence[pulumi.Input[str]]]) -> pulumi.Output[list[str]]:
    """Return one output of the whole list."""
    return pulumi.Output.from_input(values).apply(lambda known: [str(value) for value in known])


def entry(values: pulumi.Input[Sequence[pulumi.Input[str]]], index: int) -> pulumi.Output[str]:
    """Return one entry of the list; an index beyond its end begins at its start again."""
    return strings(values).apply(lambda known: known[index % len(known)])
