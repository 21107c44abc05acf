"""What a resource or a function of a Pulumi SDK answers, by the type hints of its class: stand-ins in that shape."""

from __future__ import annotations

import collections.abc
import inspect
import sys
import typing
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi.output

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trimtab.render.placeholders import Placeholders

# An output's own objects reach a few levels down (`status.loadBalancer.ingress[0].hostname`); schemas hold themselves.
_DEEPEST = 5
# So many names of a list (zones, subnets) can be picked out by number.
_NAMES = 3


@dataclass(frozen=True)
class Shape:
    """Makes the answer of one resource or function.

    Attributes:
        placeholders: where stand-ins are made.
        path: what names the answer, the type and the logical name.
        numbers: whether a text may stand for a number; the classes of functions' answers refuse it.
    """

    placeholders: Placeholders
    path: tuple[str, ...]
    numbers: bool = True

    def of(self, answer: type) -> dict[str, Any]:
        """Every property that the class always has, by its name on the wire."""
        found = {}
        for wire, hint in _properties(answer):
            inner, optional = _unwrap(hint)
            # At the top an optional property is an input that was not given; its absence is its value.
            if not optional or wire == "status":
                value = self._value(inner, (wire,))
                if value is not None:
                    found[wire] = value
        return found

    def _value(self, hint: Any, at: tuple[str, ...]) -> Any:
        """A stand-in in the shape of a type; None where there is none: a flag cannot be a text that says so."""
        origin = typing.get_origin(hint)
        if hint is bool or len(at) > _DEEPEST or (hint in (int, float) and not self.numbers):
            return None
        if origin in (collections.abc.Sequence, list):
            return self._items(typing.get_args(hint)[0], at)
        if origin in (collections.abc.Mapping, dict):
            return {}
        fields = list(_properties(hint)) if isinstance(hint, type) else []
        if fields:
            values = ((wire, self._value(_unwrap(inner)[0], (*at, wire))) for wire, inner in fields)
            return {wire: value for wire, value in values if value is not None}
        return self.placeholders.make(*self.path, *at)

    def _items(self, hint: Any, at: tuple[str, ...]) -> list[Any]:
        count = _NAMES if hint is str else 1
        items = (self._value(_unwrap(hint)[0], (*at[:-1], f"{at[-1]}[{number}]")) for number in range(count))
        return [item for item in items if item is not None]


def merged(computed: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, completed by what is computed, object by object."""
    result = dict(computed)
    for key, value in given.items():
        below = result.get(key)
        result[key] = merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result


def _properties(cls: type) -> Iterator[tuple[str, Any]]:
    """Names on the wire and types of a class's `pulumi.getter`s; those whose type cannot be read are texts."""
    for _, member in inspect.getmembers_static(cls, lambda member: isinstance(member, property)):
        wire = getattr(member.fget, "_pulumi_name", None)
        if wire is not None:
            yield wire, _hint(cls, member.fget)


def _hint(cls: type, getter: Any) -> Any:
    names = {**vars(pulumi.output), **vars(pulumi), **vars(sys.modules[cls.__module__])}
    owner = sys.modules.get(getter.__module__)
    try:
        return typing.get_type_hints(getter, {**names, **(vars(owner) if owner else {})}).get("return", str)
    except (NameError, AttributeError, TypeError):
        return str


def _unwrap(hint: Any) -> tuple[Any, bool]:
    """The type without Output and Optional, and whether it was optional."""
    if typing.get_origin(hint) is pulumi.Output:
        return _unwrap(typing.get_args(hint)[0])
    if typing.get_origin(hint) is not typing.Union:
        return hint, False
    kept = [option for option in typing.get_args(hint) if option is not type(None)]
    inner, _ = _unwrap(kept[0])
    return inner, len(kept) < len(typing.get_args(hint))
