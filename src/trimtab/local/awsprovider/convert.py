"""Between Pulumi's camelCase properties and boto3's parameters, guided by botocore's own shapes.

Names meet when they are equal without case and separators, or one is the plural of the other; what differs
otherwise stands in the entry's `rename` (AWS member, or `Parent.Member`, to Pulumi property; to "" where a
member is not to be filled from a property of that name).
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.sdk import AnyOf, Field, ListOf, MapOf, ObjectOf, Scalar, TypeNode

if TYPE_CHECKING:
    from collections.abc import Mapping


Renames = dict[str, str]
_KEY_VALUE = ({"Key", "Value"}, {"key", "value"}, {"TagKey", "TagValue"})


def norm(name: str) -> str:
    """A name without case and separators."""
    return name.replace("_", "").replace("-", "").lower()


def _plurals(name: str) -> tuple[str, ...]:
    if name.endswith("y"):
        return (f"{name[:-1]}ies", f"{name}s")
    return (f"{name}s", f"{name}es")


def matching(name: str, candidates: Mapping[str, Any]) -> str | None:
    """The candidate that a name means, or None."""
    known = {norm(candidate): candidate for candidate in candidates}
    plain = norm(name)
    if plain in known:
        return known[plain]
    for form in _plurals(plain):
        if form in known:
            return known[form]
    return next((whole for bare, whole in known.items() if plain in _plurals(bare)), None)


def to_aws(shape: Any, value: Mapping[str, Any], rename: Renames, parent: str = "") -> dict[str, Any]:
    """Build one structure of boto3 parameters from Pulumi properties; what is None is left out.

    Args:
        shape: botocore's StructureShape; untyped, as its kinds are told apart by `type_name` only.
        value: the properties.
        rename: where names differ.
        parent: the member that this structure is.
    """
    params: dict[str, Any] = {}
    for member, member_shape in shape.members.items():
        key = rename.get(f"{parent}.{member}", rename.get(member))
        if key is None:
            key = matching(member, value)
        if not key or value.get(key) is None:
            continue
        params[member] = _to_aws(member_shape, value[key], rename, member)
    return params


def _to_aws(shape: Any, value: Any, rename: Renames, parent: str) -> Any:
    if shape.type_name == "structure":
        one: Any = value[0] if isinstance(value, list) and value else value
        if not isinstance(one, (dict, list)):
            # EC2 wraps single values in a structure of their own.
            return {"Value": one} if "Value" in shape.members else {}
        return to_aws(shape, one if isinstance(one, dict) else {}, rename, parent)
    if shape.type_name == "list":
        return _to_aws_list(shape, value, rename, parent)
    if shape.type_name == "map":
        return _to_aws_map(shape, value, rename, parent)
    return _to_aws_scalar(shape.type_name, value)


def _to_aws_list(shape: Any, value: Any, rename: Renames, parent: str) -> list[Any]:
    member = shape.member
    if isinstance(value, dict) and member.type_name == "structure":
        names = set(member.members)
        if names in _KEY_VALUE:
            key, val = sorted(names)
            return [{key: name, val: str(text)} for name, text in value.items()]
    items = value if isinstance(value, list) else [value]
    return [_to_aws(member, item, rename, parent) for item in items]


def _to_aws_map(shape: Any, value: Any, rename: Renames, parent: str) -> dict[str, Any]:
    return {key: _to_aws(shape.value, item, rename, parent) for key, item in value.items()}


def _to_aws_scalar(kind: str, value: Any) -> Any:
    if kind in ("integer", "long"):
        return int(value)
    if kind in ("float", "double"):
        return float(value)
    if kind == "boolean":
        return value if isinstance(value, bool) else str(value).lower() in ("true", "enabled")
    if kind == "string":
        return str(value).lower() if isinstance(value, bool) else str(value)
    return value


Objects = dict[str, dict[str, Field]]


def from_aws(
    answer: Mapping[str, Any], fields: Mapping[str, Field], objects: Objects, rename: Renames, parent: str = ""
) -> dict[str, Any]:
    """Read Pulumi properties out of a boto3 answer; a property that the answer does not hold is left out."""
    back = _backwards(rename, parent)
    props: dict[str, Any] = {}
    for name, field in fields.items():
        member = back.get(name)
        if member is None or member not in answer:
            member = matching(name, answer)
        if member is None or answer[member] is None:
            continue
        props[name] = _from_aws(answer[member], field.type, objects, rename, member)
    return props


def _backwards(rename: Renames, parent: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for member, name in rename.items():
        scope, _, bare = member.rpartition(".")
        if not scope:
            found.setdefault(name, bare)
        elif scope == parent:
            found[name] = bare
    return found


def _from_aws(value: Any, node: TypeNode, objects: Objects, rename: Renames, parent: str) -> Any:
    if isinstance(node, AnyOf):
        text = next((option for option in node.options if isinstance(option, Scalar)), node.options[-1])
        return _from_aws(value, text, objects, rename, parent)
    if isinstance(node, Scalar):
        return _from_aws_scalar(value, node.kind)
    if isinstance(node, ListOf):
        items = value if isinstance(value, list) else [value]
        return [_from_aws(item, node.item, objects, rename, parent) for item in items]
    if isinstance(node, MapOf):
        return _from_aws_map(value)
    one = value[0] if isinstance(value, list) and value else value
    return _from_aws_object(one, node, objects, rename, parent)


def _from_aws_object(value: Any, node: ObjectOf, objects: Objects, rename: Renames, parent: str) -> Any:
    if not isinstance(value, dict):
        return {}
    return from_aws(value, objects[node.ref], objects, rename, parent)


def _from_aws_map(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        pairs = [item for item in value if isinstance(item, dict)]
        return {
            item.get("Key") or item.get("key") or item.get("TagKey") or "": next(
                (item[k] for k in ("Value", "value", "TagValue") if k in item), ""
            )
            for item in pairs
        }
    return dict(value) if isinstance(value, dict) else {}


def _from_aws_scalar(value: Any, kind: str) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, list) and len(value) == 1 and not isinstance(value[0], (dict, list)):
        # Some APIs take a list of at most one where the SDK has one value.
        return _from_aws_scalar(value[0], kind)
    if kind == "string":
        return _text(value)
    if kind in ("integer", "number") and isinstance(value, (str, float)):
        number = float(value)
        return int(number) if number.is_integer() else number
    return value.lower() in ("true", "enabled") if kind == "boolean" and isinstance(value, str) else value


def _text(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return json.dumps(value, default=str)
    return str(value).lower() if isinstance(value, bool) else str(value)
