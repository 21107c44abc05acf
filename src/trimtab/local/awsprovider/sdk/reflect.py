"""From the SDK's argument classes to property shapes, through their type hints."""

from __future__ import annotations

import collections.abc
import inspect
import re
import sys
import typing
from enum import Enum
from typing import Any

import pulumi
import pulumi.output

from trimtab.local.awsprovider.sdk.types import AnyOf, Field, ListOf, MapOf, ObjectOf, Scalar, TypeNode

_REPLACES = re.compile(
    r"forces? (a )?(new resource|replacement|resource recreation)|changing this[^.]*forces", re.IGNORECASE
)
_PARAM = re.compile(r"^\s*:param (?P<type>.+?) (?P<name>\w+): ", re.MULTILINE)
_SCALARS: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", Any: "any"}


class Reflector:
    """Reads SDK classes; collects the nested object classes it meets in `objects`."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Field]] = {}

    def inputs(self, args: type) -> dict[str, Field]:
        """The properties of an argument class; those without a default are required."""
        names = _wire_names(args)
        hints = _hints(args)
        replacing = _replacing(args)
        parameters = inspect.signature(args.__init__).parameters  # type: ignore[misc]  # only read, never called
        return {
            names[name]: Field(
                self._node(hints[name]),
                required=parameter.default is inspect.Parameter.empty,
                replaces=name in replacing,
            )
            for name, parameter in parameters.items()
            if name in names
        }

    def outputs(self, state: type, resource: type) -> dict[str, Field]:
        """The properties of a resource's state; those never None are computed."""
        names = _wire_names(state)
        hints = _hints(state)
        return {
            wire: Field(self._node(hints[name]), computed=_never_none(resource, name)) for name, wire in names.items()
        }

    def _node(self, hint: Any) -> TypeNode:
        options = [self._plain(option) for option in _alternatives(hint)]
        unique = list(dict.fromkeys(options))
        return unique[0] if len(unique) == 1 else AnyOf(tuple(unique))

    def _plain(self, hint: Any) -> TypeNode:
        origin = typing.get_origin(hint)
        if origin in (collections.abc.Sequence, list):
            return ListOf(self._node(typing.get_args(hint)[0]))
        if origin in (collections.abc.Mapping, dict):
            return MapOf(self._node(typing.get_args(hint)[1]))
        if hint in _SCALARS:
            return Scalar(_SCALARS[hint])
        return self._class(hint)

    def _class(self, hint: Any) -> TypeNode:
        if not isinstance(hint, type):
            return Scalar("any")
        if issubclass(hint, Enum):
            return Scalar("string")
        if issubclass(hint, pulumi.Asset):
            return Scalar("asset")
        if issubclass(hint, pulumi.Archive):
            return Scalar("archive")
        ref = f"{hint.__module__}.{hint.__name__}"
        if ref not in self.objects:
            self.objects[ref] = {}  # before its fields: a class may hold itself
            self.objects[ref] = self.inputs(hint)
        return ObjectOf(ref)


def _wire_names(args: type) -> dict[str, str]:
    """Python's names of a class's properties to those on the wire."""
    return {
        name: getattr(member.fget, "_pulumi_name", name)
        for name, member in vars(args).items()
        if isinstance(member, property)
    }


def _hints(cls: type) -> dict[str, Any]:
    """Type hints of a constructor; the hints name Output and T of pulumi itself."""
    names = {**vars(pulumi.output), **vars(pulumi), **vars(sys.modules[cls.__module__])}
    return typing.get_type_hints(cls.__init__, names)  # type: ignore[misc]  # only read, never called


def _alternatives(hint: Any) -> list[Any]:
    """What an Input may be, without the awaitable, output and None ways of giving it."""
    if typing.get_origin(hint) is not typing.Union:
        return [hint]
    kept: list[Any] = []
    for option in typing.get_args(hint):
        if option is type(None) or typing.get_origin(option) is collections.abc.Awaitable:
            continue
        if typing.get_origin(option) is pulumi.Output or option is pulumi.Output:
            continue
        kept.extend(_alternatives(option))
    return kept or [Any]


def _never_none(resource: type, name: str) -> bool:
    member = vars(resource).get(name)
    if not isinstance(member, property) or member.fget is None:
        return False
    returned = member.fget.__annotations__.get("return")
    arguments = typing.get_args(returned)
    if not arguments or isinstance(arguments[0], typing.ForwardRef):
        return False
    return type(None) not in typing.get_args(arguments[0])


def _replacing(args: type) -> set[str]:
    """Python names of the parameters whose description says that a change replaces the resource."""
    doc = inspect.getdoc(args.__init__) or ""  # type: ignore[misc]  # only read, never called
    found = list(_PARAM.finditer(doc))
    ends = [*[match.start() for match in found[1:]], len(doc)][: len(found)]
    return {
        match["name"]
        for match, end in zip(found, ends, strict=True)
        if any(_REPLACES.search(said) and not _conditional(said) for said in doc[match.end() : end].split(". "))
    }


def _conditional(sentence: str) -> bool:
    """Whether a sentence speaks of some changes only: "If the type is …, changing this …"."""
    return "empty string" in sentence or sentence.lstrip().lower().startswith("if ")
