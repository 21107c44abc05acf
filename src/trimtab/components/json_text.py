"""JSON documents whose leaves may be outputs.

`pulumi.Output.json_dumps` makes an output of every leaf, known or not: three thousand of them in a preview of the
`dev` stack, which the SDK then waits for in turns. Here only the leaves that are outputs become one output.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pulumi

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def json_text(document: Mapping[str, Any]) -> pulumi.Output[str]:
    """Return `document`, whose values may be outputs at any depth, as JSON."""
    leaves = list(_outputs(document))
    if not leaves:
        return pulumi.Output.from_input(json.dumps(document))
    return pulumi.Output.all(*leaves).apply(lambda known: json.dumps(_filled(document, iter(known))))


def _outputs(value: Any) -> Iterator[pulumi.Output[Any]]:
    if isinstance(value, pulumi.Output):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _outputs(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _outputs(inner)


def _filled(value: Any, known: Iterator[Any]) -> Any:
    """Return `value` with its outputs replaced, met in the same order as `_outputs` meets them."""
    if isinstance(value, pulumi.Output):
        return next(known)
    if isinstance(value, dict):
        return {key: _filled(inner, known) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        filled: Sequence[Any] = [_filled(inner, known) for inner in value]
        return filled
    return value
