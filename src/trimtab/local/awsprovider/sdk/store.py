"""Resource types kept on disk: reading them off the SDK's classes imports modules of megabytes.

One JSON file a type, below a folder named after the SDK's version, so that another version starts anew. A
file that cannot be read or written is no error: the SDK itself is asked instead.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from trimtab.local.awsprovider.sdk.types import (
    AnyOf,
    Field,
    ListOf,
    MapOf,
    ObjectOf,
    ResourceType,
    Scalar,
    TypeNode,
)


class TypeStore:
    """Resource types in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, token: str) -> ResourceType | None:
        """A kept type, or None."""
        try:
            kept = json.loads(self._path(token).read_text(encoding="utf-8"))
            return ResourceType(
                token,
                _fields_of(kept["inputs"]),
                _fields_of(kept["outputs"]),
                {ref: _fields_of(fields) for ref, fields in kept["objects"].items()},
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, kind: ResourceType) -> None:
        """Keep a type; half a file is never seen."""
        document = {
            "inputs": _fields(kind.inputs),
            "outputs": _fields(kind.outputs),
            "objects": {ref: _fields(fields) for ref, fields in kind.objects.items()},
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(document, file, separators=(",", ":"))
            Path(name).replace(self._path(kind.token))
        except OSError:
            return

    def _path(self, token: str) -> Path:
        return self._folder / f"{token.replace(':', '.').replace('/', '.')}.json"


def _fields(fields: dict[str, Field]) -> dict[str, Any]:
    return {name: [_node(field.type), field.required, field.computed, field.replaces] for name, field in fields.items()}


def _fields_of(kept: dict[str, Any]) -> dict[str, Field]:
    return {name: Field(_node_of(field[0]), *field[1:]) for name, field in kept.items()}


def _node(node: TypeNode) -> Any:
    if isinstance(node, Scalar):
        return node.kind
    if isinstance(node, ObjectOf):
        return {"object": node.ref}
    if isinstance(node, AnyOf):
        return {"any": [_node(option) for option in node.options]}
    return {"list" if isinstance(node, ListOf) else "map": _node(node.item)}


def _node_of(kept: Any) -> TypeNode:
    if isinstance(kept, str):
        return Scalar(kept)
    ((key, value),) = kept.items()
    if key == "object":
        return ObjectOf(value)
    if key == "any":
        return AnyOf(tuple(_node_of(option) for option in value))
    return ListOf(_node_of(value)) if key == "list" else MapOf(_node_of(value))
