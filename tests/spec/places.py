"""Places of a plain declaration, by path, and what is put there instead."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Step = str | int
_PART = re.compile(r"([A-Za-z0-9_]+)|\[(\d+)\]")
KINDS = frozenset({"type", "form"})
"""Fields that say of which kind an object is: what is wrong with them is said of the object."""


def steps_of(path: str) -> list[Step]:
    """`trainingPools[0].maxNodes` as `["trainingPools", 0, "maxNodes"]`."""
    return [name or int(index) for name, index in _PART.findall(path)]


def value_at(declared: Any, path: str) -> Any:
    for step in steps_of(path):
        declared = declared[step]
    return declared


def put(declared: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The declaration with one value replaced or added, as the analyser's edit does it."""
    changed = copy.deepcopy(declared)
    *way, last = steps_of(path)
    target: Any = changed
    for step in way:
        target = target[step]
    target[last] = value
    return changed


def without(declared: dict[str, Any], path: str) -> dict[str, Any]:
    """The declaration without one field."""
    changed = copy.deepcopy(declared)
    *way, last = steps_of(path)
    target: Any = changed
    for step in way:
        target = target[step]
    del target[last]
    return changed


def objects(value: Any, path: str = "") -> Iterator[str]:
    """Paths of every object; the declaration itself has the path ''."""
    if isinstance(value, dict):
        yield path
        for name, inner in value.items():
            yield from objects(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from objects(inner, f"{path}[{index}]")


def leaves(value: Any, path: str = "") -> Iterator[str]:
    """Paths of every text, number and truth value that does not say of which kind an object is."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in KINDS:
                yield from leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{index}]")
    else:
        yield path
