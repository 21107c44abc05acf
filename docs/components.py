"""The page of each component, made from its class, its arguments and its spec model."""

from __future__ import annotations

import ast
import inspect
import sys
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docs.spec_tables import spec_tables
from pydantic import BaseModel

from trimtab import components

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Attribute:
    """A field of a class as its source writes it."""

    name: str
    type: str
    doc: str


def component_pages() -> dict[str, str]:
    """Return the pages: `components/<module>.md`, and the index `components/README.md`."""
    classes = {name: getattr(components, name) for name in components.__all__}
    made = {f"components/{page_name(cls)}.md": _page(cls) for cls in classes.values()}
    return {"components/README.md": _index(classes), **made}


def _index(classes: dict[str, type]) -> str:
    lines = [f"- [{name}]({page_name(cls)}.md): {_first(cls)}" for name, cls in sorted(classes.items())]
    head = f"# Components\n\nWritten by `make docs` from the {len(classes)} components themselves.\n\n"
    return head + "\n".join(lines) + "\n"


def _page(cls: type) -> str:
    arguments = typing.get_type_hints(vars(cls)["__init__"])["args"]
    sections = [
        f"# {cls.__name__}",
        inspect.getdoc(cls) or "",
        "```python\n" + _example(cls) + "\n```",
        f"Its type in a stack's state is `trimtab:index:{cls.__name__}`.",
        "## Inputs",
        _table("input", _inputs(arguments)),
        "## Outputs",
        _table("output", _attributes(cls)) or "None.",
    ]
    spec = _spec_model(arguments)
    if spec:
        sections += ["## What it declares", spec_tables(spec)]
    return "\n\n".join(sections) + "\n"


def _example(cls: type) -> str:
    return (
        f"from trimtab.components import {cls.__name__}\n\n"
        f'part = {cls.__name__}("name", {{"context": context, "spec": spec, …}}, opts=pulumi.ResourceOptions(…))'
    )


def _table(what: str, rows: list[Attribute]) -> str:
    if not rows:
        return ""
    lines = [f"| {what} | type | what it is |", "|---|---|---|"]
    lines += [f"| `{row.name}` | `{row.type.replace('|', chr(92) + '|')}` | {row.doc} |" for row in rows]
    return "\n".join(lines)


def _inputs(arguments: type) -> list[Attribute]:
    """Return every key of a TypedDict, those of what it extends first."""
    # Python 3.11 forgets what a TypedDict extends, so its source is asked.
    names = [base.id for base in _node(arguments).bases if isinstance(base, ast.Name)]
    bases = [getattr(sys.modules[arguments.__module__], name) for name in names if name != "TypedDict"]
    return [*(row for base in bases for row in _inputs(base)), *_attributes(arguments)]


def _attributes(cls: type) -> list[Attribute]:
    return list(_annotated(_node(cls)))


def _node(cls: type) -> ast.ClassDef:
    (node,) = [found for found in ast.parse(inspect.getsource(cls)).body if isinstance(found, ast.ClassDef)]
    return node


def _annotated(node: ast.ClassDef) -> Iterator[Attribute]:
    for here, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(here, ast.AnnAssign) and isinstance(here.target, ast.Name):
            yield Attribute(here.target.id, ast.unparse(here.annotation), _doc(after))


def _doc(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return " ".join(node.value.value.split())
    return ""


def _spec_model(arguments: type) -> type[BaseModel] | None:
    """Return the model of the input `spec`; the other inputs are Pulumi's, whose hints do not resolve by themselves."""
    written = next((row.type for row in _inputs(arguments) if row.name == "spec"), "")
    name = written.removeprefix("Required[").removesuffix("]")
    found = getattr(sys.modules[arguments.__module__], name, None)
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def page_name(cls: type) -> str:
    """Return the name of a component's page, without its ending."""
    words = [f"_{letter.lower()}" if letter.isupper() else letter for letter in cls.__name__]
    return "".join(words).lstrip("_")


def _first(cls: type) -> str:
    return (inspect.getdoc(cls) or "").split("\n", maxsplit=1)[0]
