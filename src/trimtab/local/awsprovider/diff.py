"""What changed between two property bags, by path, and what of it makes a new resource."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.check import DEFAULTS_KEY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Change:
    """One difference: `kind` is ADD, DELETE or UPDATE."""

    path: str
    kind: str
    replaces: bool

    @property
    def top(self) -> str:
        """The property of the resource that the change lies in."""
        return re.split(r"[.\[]", self.path, maxsplit=1)[0]


def changes(old: Mapping[str, Any], new: Mapping[str, Any], replacing: Collection[str]) -> list[Change]:
    """Every difference between two bags of plain inputs.

    Args:
        old: the inputs in the state.
        new: the checked inputs.
        replacing: paths, without indices, whose change makes a new resource (`vpcConfig.subnets`).
    """
    return [Change(path, kind, _replaces(path, replacing)) for path, kind in _object(old, new, "")]


def _replaces(path: str, replacing: Collection[str]) -> bool:
    bare = _INDEX.sub("", path)
    parts = bare.split(".")
    return any(".".join(parts[: end + 1]) in replacing for end in range(len(parts)))


def _object(old: Mapping[str, Any], new: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    for key in [*old, *(key for key in new if key not in old)]:
        if key == DEFAULTS_KEY:
            continue
        where = f"{path}.{key}" if path else key
        yield from _value(old.get(key), new.get(key), where)


def _value(old: Any, new: Any, path: str) -> Iterator[tuple[str, str]]:
    if _nothing(old) and _nothing(new):
        return
    if _nothing(old):
        yield path, "ADD"
    elif _nothing(new):
        yield path, "DELETE"
    elif isinstance(old, dict) and isinstance(new, dict):
        yield from _object(old, new, path)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list(old, new, path)
    elif not same(old, new):
        yield path, "UPDATE"


def _nothing(value: Any) -> bool:
    return value is None or value in ({}, [])


def _list(old: list[Any], new: list[Any], path: str) -> Iterator[tuple[str, str]]:
    for index in range(max(len(old), len(new))):
        before = old[index] if index < len(old) else None
        after = new[index] if index < len(new) else None
        yield from _value(before, after, f"{path}[{index}]")


def same(old: Any, new: Any) -> bool:
    """Whether two values mean the same: JSON documents are compared by what they say."""
    if isinstance(old, bool) is not isinstance(new, bool):
        return False
    if old == new:
        return True
    left, right = document(old), document(new)
    return left is not None and left == right


def document(value: Any) -> Any | None:
    """The document in a JSON string, or None where the value is not one."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(value)
    except ValueError:
        return None
