"""The models of the declaration as types of a Pulumi schema, from their own JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel

Node = dict[str, Any]
ANY: Node = {"$ref": "pulumi.json#/Any"}
_SCALARS = frozenset({"string", "integer", "number", "boolean"})


class Models:
    """Types by token, `trimtab:spec:ServingEndpoint`, and the reference to each model's own."""

    def __init__(self, models: Iterable[type[BaseModel]]) -> None:
        wanted = sorted(set(models), key=lambda model: (model.__module__, model.__qualname__))
        refs, schema = models_json_schema([(model, "validation") for model in wanted])
        self._defs: Mapping[str, Node] = schema.get("$defs", {})
        self._refs = {model: refs[model, "validation"]["$ref"] for model in wanted}

    def ref(self, model: type[BaseModel]) -> Node:
        """Return the property type of a model."""
        return self._type(self._refs_of(model))

    def _refs_of(self, model: type[BaseModel]) -> Node:
        return {"$ref": self._refs[model]}

    def types(self) -> dict[str, Node]:
        """Return every type, objects and choices of them alike."""
        return {
            _token(name): {
                "type": "object",
                **_described(node),
                "properties": {
                    field: {**self._type(inner), **_described(inner), "plain": True}
                    for field, inner in node.get("properties", {}).items()
                },
                "required": sorted(node.get("required", ())),
            }
            for name, node in self._defs.items()
            if _is_object(node)
        }

    def _type(self, node: Node) -> Node:
        if "$ref" in node:
            name = node["$ref"].rpartition("/")[2]
            target = self._defs[name]
            return {"$ref": f"#/types/{_token(name)}"} if _is_object(target) else self._type(target)
        choices = [one for key in ("anyOf", "oneOf") for one in node.get(key, ()) if one.get("type") != "null"]
        if choices:
            return self._choice(choices)
        values = node.get("enum", [node["const"]] if "const" in node else [])
        if values:
            return {"type": "string" if isinstance(values[0], str) else "integer"}
        return self._plain(node)

    def _choice(self, choices: list[Node]) -> Node:
        """Return one of several types; a text stands for whatever may be written as one, such as an amount."""
        types = [self._type(one) for one in choices]
        if {"type": "string"} in types and all(one.get("type") in _SCALARS for one in types):
            return {"type": "string"}
        distinct = [one for at, one in enumerate(types) if one not in types[:at]]
        return distinct[0] if len(distinct) == 1 else {"oneOf": distinct}

    def _plain(self, node: Node) -> Node:
        kind = node.get("type")
        if kind in _SCALARS:
            return {"type": kind}
        if kind == "array":
            return {"type": "array", "items": {**self._type(node["items"]), "plain": True} if "items" in node else ANY}
        if kind == "object":
            inner = node.get("additionalProperties")
            return {"type": "object", "additionalProperties": self._type(inner) if isinstance(inner, dict) else ANY}
        return ANY


def _is_object(node: Node) -> bool:
    return node.get("type") == "object" and "properties" in node


def _described(node: Node) -> Node:
    return {"description": node["description"]} if node.get("description") else {}


def _token(name: str) -> str:
    """Name a definition: the model's class, with its module where two classes have one name."""
    parts = name.split("__")
    words = [word for part in parts[1:-1] for word in part.split("_")]
    return f"trimtab:spec:{''.join(word.capitalize() for word in words)}{parts[-1]}"
