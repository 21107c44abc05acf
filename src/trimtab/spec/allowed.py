"""What may stand at a place of a declaration, in words, read from the model's own JSON Schema."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

Node = dict[str, Any]
_FORMATS = {"ipv4network": "an IPv4 address block, 10.40.0.0/16"}


def allowed_at(loc: Sequence[int | str], root: type[BaseModel]) -> str:
    """Describe what `root` takes at a pydantic location, `("network", "new", "zones")`.

    Returns:
        A noun phrase, `a whole number from 2 to 6`; empty where the location is none of the model's.
    """
    schema = _schema(root)
    nodes = [schema]
    for part in loc:
        nodes = [deeper for node in nodes for deeper in _step(node, part, schema)]
    return _phrase(nodes[0], schema) if nodes else ""


@cache
def _schema(root: type[BaseModel]) -> Node:
    return root.model_json_schema(by_alias=True)


def _resolved(node: Node, schema: Node) -> Node:
    while "$ref" in node:
        kept = {key: value for key, value in node.items() if key != "$ref"}
        node = {**schema["$defs"][node["$ref"].rpartition("/")[2]], **kept}
    return node


def _step(node: Node, part: int | str, schema: Node) -> list[Node]:
    node = _resolved(node, schema)
    if isinstance(part, int):
        return [node["items"]] if "items" in node else [n for c in _choices(node) for n in _step(c, part, schema)]
    if part in node.get("properties", {}):
        return [node["properties"][part]]
    mapping = node.get("discriminator", {}).get("mapping", {})
    if part in mapping:
        return [{"$ref": mapping[part]}]
    return [found for choice in _choices(node) for found in _step(choice, part, schema)]


def _choices(node: Node) -> list[Node]:
    return [choice for key in ("anyOf", "oneOf", "allOf") for choice in node.get(key, ())]


def _phrase(node: Node, schema: Node) -> str:
    node = _resolved(node, schema)
    mapping = node.get("discriminator", {})
    if mapping:
        return f"an object whose {mapping['propertyName']} is {_either(list(mapping['mapping']))}"
    if "enum" in node or "const" in node:
        return _either(node.get("enum", [node.get("const")]))
    if "pattern" in node:
        return str(node.get("description", f"text of the form {node['pattern']}")).rstrip(".")
    if "format" in node:
        return _FORMATS.get(str(node["format"]), str(node["format"]))
    return _by_type(node, schema)


def _by_type(node: Node, schema: Node) -> str:
    match node.get("type"):
        case "integer" | "number":
            return _number(node)
        case "string":
            return _text(node)
        case "boolean":
            return "true or false"
        case "array":
            return _list(node, schema)
        case "object":
            return _object(node)
        case _:
            return _any_of(node, schema)


def _any_of(node: Node, schema: Node) -> str:
    resolved = [_resolved(choice, schema) for choice in _choices(node)]
    kinds = {choice.get("type") for choice in resolved}
    if {"number", "string"} <= kinds:
        return "an amount of 15 digits at most, 6 of them after the point, in quotes: '1200.00'"
    # A null only says that the field may be left out.
    return " or ".join(_phrase(choice, schema) for choice in resolved if choice.get("type") != "null")


def _number(node: Node) -> str:
    noun = "a whole number" if node["type"] == "integer" else "a number"
    low, high = node.get("minimum"), node.get("maximum")
    parts = [noun]
    if low is not None and high is not None:
        parts.append(f"from {low} to {high}")
    elif low is not None:
        parts.append(f"of {low} or more")
    if node.get("exclusiveMinimum") is not None:
        parts.append(f"above {node['exclusiveMinimum']}" + (f", {high} at most" if high is not None else ""))
    if node.get("multipleOf") is not None:
        parts.append(f"that is a multiple of {node['multipleOf']}")
    return " ".join(parts)


def _text(node: Node) -> str:
    low, high = node.get("minLength"), node.get("maxLength")
    return f"text of {low or 0} to {high} characters" if high is not None else "text"


def _list(node: Node, schema: Node) -> str:
    low, high = node.get("minItems"), node.get("maxItems")
    size = f"{low or 0} to {high} entries" if high is not None else f"{low} or more entries" if low else "entries"
    return f"a list of {size}, each {_phrase(node['items'], schema)}" if "items" in node else f"a list of {size}"


def _object(node: Node) -> str:
    required = node.get("required", ())
    names = required or list(node.get("properties", {}))
    return f"an object with {'' if required else 'any of '}{', '.join(names)}"


def _either(values: Sequence[Any]) -> str:
    shown = [str(value) for value in values]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
