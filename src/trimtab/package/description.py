"""The package's schema: every component that is registered, with its inputs, outputs and types."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from trimtab import components
from trimtab.package import hints
from trimtab.package.models import ANY, Models
from trimtab.spec.docstrings import attribute_docstrings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel

    from trimtab.components.base import Component
    from trimtab.package.hints import Field
    from trimtab.package.models import Node

PACKAGE = "trimtab"
_SCALARS = {str: "string", int: "integer", float: "number", bool: "boolean"}


def tokens() -> tuple[str, ...]:
    """Return the type token of every component that is registered, `trimtab:index:Network`."""
    return tuple(f"{PACKAGE}:index:{name}" for name in components.__all__)


def component_of(token: str) -> type[Component]:
    """Return the component of a token, which is imported now."""
    component: type[Component] = getattr(components, token.rpartition(":")[2])
    return component


def package_version() -> str:
    """Return the version of the installed distribution."""
    return version(PACKAGE)


def schema() -> dict[str, Any]:
    """Return the schema as the engine asks for it."""
    known = {token: component_of(token) for token in tokens()}
    takes = {token: hints.inputs(component) for token, component in known.items()}
    models = Models(model for fields in takes.values() for field in fields for model in _models(field.hint))
    records = {record for fields in takes.values() for field in fields for record in _records(field.hint)}
    types = {f"{PACKAGE}:wiring:{record.__name__}": _record(record, models) for record in records}
    return {
        "name": PACKAGE,
        "version": package_version(),
        "displayName": "trimtab",
        "description": "An MLOps platform in typed components.",
        "language": {},
        "types": dict(sorted({**models.types(), **types}.items())),
        "resources": {token: _resource(known[token], fields, models) for token, fields in takes.items()},
    }


def _resource(component: type[Component], takes: Iterable[Field], models: Models) -> Node:
    gives = {field.wire: _type(field.hint, models) for field in hints.outputs(component)}
    return {
        "isComponent": True,
        "description": (component.__doc__ or "").strip(),
        "inputProperties": {field.wire: _type(field.hint, models) for field in takes},
        "requiredInputs": sorted(field.wire for field in takes if field.required),
        "properties": gives,
        "required": [],
    }


def _record(record: type, models: Models) -> Node:
    fields = hints.fields(record)
    told = attribute_docstrings(record)
    properties = {
        field.wire: {**_type(field.hint, models), **({"description": told[field.name]} if field.name in told else {})}
        for field in fields
    }
    return {"type": "object", "properties": properties, "required": sorted(f.wire for f in fields if f.required)}


def _type(hint: Any, models: Models) -> Node:
    hint = hints.bare(hint)
    if choices := hints.models_in(hint):
        refs = [models.ref(one) for one in choices]
        return {**(refs[0] if len(refs) == 1 else {"oneOf": refs}), "plain": True}
    if hints.is_record(hint):
        return {"$ref": f"#/types/{PACKAGE}:wiring:{hint.__name__}", "plain": True}
    if hints.is_one_of(hint):
        return {"type": "string"}
    item = hints.item_of(hint)
    if item is not None:
        key, kind = ("additionalProperties", "object") if hints.is_map(hint) else ("items", "array")
        inner = _type(item, models)
        return {"type": kind, key: inner, **({"plain": True} if inner.get("plain") else {})}
    if hints.is_output(hint):
        return _type(hints.output_of(hint), models)
    return {"type": _SCALARS[hint]} if hint in _SCALARS else ANY


def _models(hint: Any) -> Iterator[type[BaseModel]]:
    hint = hints.bare(hint)
    if choices := hints.models_in(hint):
        yield from choices
    elif hints.is_record(hint):
        for field in hints.fields(hint):
            yield from _models(field.hint)
    elif (item := hints.item_of(hint)) is not None:
        yield from _models(item)


def _records(hint: Any) -> Iterator[type]:
    hint = hints.bare(hint)
    if hints.is_record(hint):
        yield hint
        for field in hints.fields(hint):
            yield from _records(field.hint)
    elif (item := hints.item_of(hint)) is not None:
        yield from _records(item)
