"""Gathers the custom resource definitions from the operators' modules into one folder of JSON."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import yaml

from trimtab.local.builds import Recipe
from trimtab.local.disk import GIB
from trimtab.local.go_build import download
from trimtab.local.kubernetes.definitions import DEFINITIONS
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trimtab.local.engine.go_toolchain import Go
    from trimtab.local.kubernetes.definitions import Definitions

NAME = "custom-resources"
FOLDER = "definitions"
"""Folder of the artifact that holds one file for each of them."""

KIND = "CustomResourceDefinition"


class _Loader(yaml.CSafeLoader):
    """libyaml's, which reads the megabytes of an operator in seconds."""


# YAML 1.1 has a type for a lone `=` (an operator in these files) that no loader makes anything of: it is text.
_Loader.add_constructor("tag:yaml.org,2002:value", lambda _, node: str(node.value))


def definitions_version() -> str:
    """Changes with the table of definitions, so that another table makes another folder."""
    return hashlib.sha256(repr(DEFINITIONS).encode()).hexdigest()[:12]


def definitions_recipe(go: Go) -> Recipe:
    """How the folder is made; read-only files of the module cache are read, none is copied as it is."""

    def make(folder: Path) -> None:
        for source in DEFINITIONS:
            found = list(_read(go, source, folder))
            if not found:
                raise WorldError(
                    f"{source.module} {source.version} holds no {KIND} in {', '.join(source.folders)}.",
                    remedy="report it: the table in trimtab.local.kubernetes.definitions names the wrong folder.",
                )
            for definition in found:
                _write(folder / FOLDER, definition)

    return Recipe(
        name=NAME,
        version=definitions_version(),
        title="gathering custom resource definitions from the operators' Go modules",
        make=make,
        needs_bytes=2 * GIB,
        expected_seconds=90,
    )


def _write(folder: Path, definition: dict[str, Any]) -> None:
    """JSON, because it is read at every start, and is read a hundred times faster than YAML."""
    folder.mkdir(exist_ok=True)
    for version in definition["spec"]["versions"]:
        schema = version.get("schema", {}).get("openAPIV3Schema")
        if schema:
            drop_descriptions(schema)
    path = folder / f"{definition['metadata']['name']}.json"
    path.write_text(json.dumps(definition, separators=(",", ":")), encoding="utf-8")


def drop_descriptions(schema: dict[str, Any]) -> None:
    """Remove the prose of a schema, in place: two thirds of it, which the API server would parse at every start.

    A property that is called `description` is kept: its value is a schema, found among `properties`.
    """
    schema.pop("description", None)
    inner = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    inner += [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, [])]
    for part in (*inner, schema.get("not")):
        if isinstance(part, dict):
            drop_descriptions(part)


def _read(go: Go, source: Definitions, where: Path) -> Iterator[dict[str, Any]]:
    # An operator may ask for a newer Go than this one; only its files are wanted, but Go would refuse.
    env = {"GOTOOLCHAIN": "auto"} | ({"GONOSUMDB": source.module} if source.unlisted else {})
    module = download(go, source.module, source.version, where=where, env=env)
    for folder in source.folders:
        for path in sorted((module.folder / folder).glob("*.yaml")):
            for document in yaml.load_all(path.read_bytes(), Loader=_Loader):
                if _is_wanted(document, source):
                    yield document


def _is_wanted(document: Any, source: Definitions) -> bool:
    if not isinstance(document, dict) or document.get("kind") != KIND or "versions" not in document.get("spec", {}):
        return False
    return not source.kinds or document["spec"]["names"]["plural"] in source.kinds
