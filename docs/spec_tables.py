"""A spec model and the models inside it as tables: key in YAML, type, default, what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

OWN_PAGES = frozenset({"Owner", "Context", "Money"})
"""Models of every part: they are described once, with the platform."""


def spec_tables(model: type[BaseModel]) -> str:
    """Return a table of the model, and one of each model that it holds."""
    schema = model.model_json_schema(by_alias=True)
    inner = {name: one for name, one in schema.get("$defs", {}).items() if "properties" in one}
    wanted = [(model.__name__, schema), *((name, one) for name, one in inner.items() if name not in OWN_PAGES)]
    return "\n\n".join(f"### {name}\n\n{_intro(one)}{_table(one)}" for name, one in wanted if one.get("properties"))


def _intro(schema: dict[str, Any]) -> str:
    text = " ".join(schema.get("description", "").split())
    return f"{text}\n\n" if text else ""


def _table(schema: dict[str, Any]) -> str:
    required = set(schema.get("required", ()))
    lines = ["| key | type | default | what it is |", "|---|---|---|---|"]
    for key, one in schema["properties"].items():
        default = "required" if key in required else f"`{_literal(one.get('default'))}`"
        lines.append(f"| `{key}` | {_type(one)} | {default} | {' '.join(one.get('description', '').split())} |")
    return "\n".join(lines).replace(" |  |", " | |")


def _type(one: dict[str, Any]) -> str:
    """Return the type as people say it; a choice is written out."""
    if "$ref" in one:
        return str(one["$ref"]).rsplit("/", 1)[1]
    if "const" in one:
        return f"`{_literal(one['const'])}`"
    if "enum" in one:
        return " or ".join(f"`{_literal(value)}`" for value in one["enum"])
    for key in ("anyOf", "oneOf"):
        if key in one:
            return " or ".join(_type(choice) for choice in one[key] if choice.get("type") != "null")
    if one.get("type") == "array":
        return f"list of {_type(one.get('items', {}))}"
    return f"{one.get('type', 'any')}{_bounds(one)}"


def _bounds(one: dict[str, Any]) -> str:
    low, high = one.get("minimum"), one.get("maximum")
    if low is None and high is None:
        return ""
    return f" {low if low is not None else '…'} to {high if high is not None else '…'}"


def _literal(value: object) -> str:
    if value is None:
        return "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
