"""Inputs held against the SDK's types: unknown, missing and ill-typed properties, each by its path."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.sdk import AnyOf, Field, ListOf, MapOf, ObjectOf, Scalar, TypeNode
from trimtab.local.awsprovider.values import ARCHIVE_SIG, ASSET_SIG, SIG_KEY, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

Objects = dict[str, dict[str, Field]]
DEFAULTS_KEY = "__defaults"
_NAMES = {
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "asset": "an asset (pulumi.FileAsset and the like)",
    "archive": "an archive (pulumi.FileArchive and the like)",
}


@dataclass(frozen=True)
class Failure:
    """One thing wrong with one property."""

    path: str
    reason: str


def validate(inputs: Mapping[str, Any], fields: Mapping[str, Field], objects: Objects) -> list[Failure]:
    """Hold a property bag against its fields.

    Args:
        inputs: plain values, with `UNKNOWN` where the cloud will decide.
        fields: the properties that the SDK knows.
        objects: the nested objects that the fields refer to.

    Returns:
        Every failure, in the order of the inputs; empty where the inputs are right.
    """
    return _object(inputs, fields, objects, "")


def _object(value: Mapping[str, Any], fields: Mapping[str, Field], objects: Objects, path: str) -> list[Failure]:
    failures: list[Failure] = []
    for key, item in value.items():
        if key == DEFAULTS_KEY or item is None:
            continue
        where = f"{path}.{key}" if path else key
        if key in fields:
            failures += _node(item, fields[key].type, objects, where)
        else:
            failures.append(Failure(where, _unknown(key, fields)))
    failures += [
        Failure(f"{path}.{key}" if path else key, "a value is required, and none was given")
        for key, field in fields.items()
        if field.required and value.get(key) is None
    ]
    return failures


def _unknown(key: str, fields: Mapping[str, Field]) -> str:
    near = difflib.get_close_matches(key, fields, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"allowed are {', '.join(sorted(fields))}"
    return f"there is no property '{key}' here; {hint}"


def _node(value: Any, node: TypeNode, objects: Objects, path: str) -> list[Failure]:
    if isinstance(value, Unknown):
        return []
    if isinstance(node, Scalar):
        return [] if _is(value, node.kind) else [_wrong(value, _NAMES[node.kind], path)]
    if isinstance(node, AnyOf):
        return _any_of(value, node, objects, path)
    if isinstance(node, ListOf):
        return _list(value, node, objects, path)
    return _keyed(value, node, objects, path)


def _keyed(value: Any, node: ObjectOf | MapOf, objects: Objects, path: str) -> list[Failure]:
    if not isinstance(value, dict):
        return [_wrong(value, "an object", path)]
    if isinstance(node, ObjectOf):
        return _object(value, objects[node.ref], objects, path)
    return _map(value, node, objects, path)


def _list(value: Any, node: ListOf, objects: Objects, path: str) -> list[Failure]:
    if not isinstance(value, list):
        return [_wrong(value, "a list", path)]
    failures: list[Failure] = []
    for index, item in enumerate(value):
        if item is not None:
            failures += _node(item, node.item, objects, f"{path}[{index}]")
    return failures


def _map(value: dict[str, Any], node: MapOf, objects: Objects, path: str) -> list[Failure]:
    failures: list[Failure] = []
    for key, item in value.items():
        if item is not None:
            failures += _node(item, node.item, objects, f"{path}.{key}")
    return failures


def _any_of(value: Any, node: AnyOf, objects: Objects, path: str) -> list[Failure]:
    attempts = [_node(value, option, objects, path) for option in node.options]
    # The shape that fits best speaks: its failures lie deepest, so they are the fewest.
    return min(attempts, key=len)


def _is(value: Any, kind: str) -> bool:
    if kind == "any":
        return True
    if kind in ("asset", "archive"):
        mark = value.get(SIG_KEY) if isinstance(value, dict) else None
        return mark == (ASSET_SIG if kind == "asset" else ARCHIVE_SIG)
    if kind == "boolean":
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if kind == "integer":
        return isinstance(value, int)
    return isinstance(value, (int, float)) if kind == "number" else isinstance(value, str)


def _wrong(value: Any, wanted: str, path: str) -> Failure:
    return Failure(path, f"{wanted} is expected, and {_said(value)} was given")


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"the string '{value}'" if isinstance(value, str) else f"the number {value}"
