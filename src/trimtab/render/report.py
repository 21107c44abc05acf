"""What was rendered, for people and for machines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from trimtab.render.objects import KubernetesObject, LeftOut

SCHEMA = "trimtab.render/1"


@dataclass(frozen=True)
class Rendering:
    """The objects of a stack.

    Attributes:
        stack: its name.
        files: path below the output folder to object.
        placeholders: each stand-in to the files that hold it.
        left_out: Kubernetes resources that give no file.
    """

    stack: str
    files: Mapping[str, KubernetesObject]
    placeholders: Mapping[str, Sequence[str]]
    left_out: Sequence[LeftOut]


def as_json(rendering: Rendering, folder: Path) -> str:
    """`{"schema", "stack", "output", "objects": […], "placeholders": […], "leftOut": […]}`."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "stack": rendering.stack,
        "output": str(folder),
        "objects": [
            {
                "file": name,
                "apiVersion": one.document["apiVersion"],
                "kind": one.kind,
                "namespace": one.namespace or None,
                "name": one.name,
                "urn": one.urn,
            }
            for name, one in rendering.files.items()
        ],
        "placeholders": [{"placeholder": text, "files": list(files)} for text, files in rendering.placeholders.items()],
        "leftOut": [{"urn": one.urn, "type": one.type, "reason": one.reason} for one in rendering.left_out],
    }
    return json.dumps(document, indent=2)


def as_table(rendering: Rendering, folder: Path) -> str:
    """One row a file, then what is not known without a cloud, then what gives no file."""
    parts = [_table(("file", "object"), [(name, f"{one.kind} {one.name}") for name, one in rendering.files.items()])]
    parts.append(f"{len(rendering.files)} objects of stack {rendering.stack} in {folder}")
    if rendering.placeholders:
        rows = [(text, ", ".join(files)) for text, files in rendering.placeholders.items()]
        parts += ["", "Only a cloud, a server or a secret's owner knows:", _table(("placeholder", "in"), rows)]
    if rendering.left_out:
        rows = [(one.urn.rsplit("::", 1)[-1], one.reason) for one in rendering.left_out]
        parts += ["", "Not written:", _table(("resource", "why"), rows)]
    return "\n".join(parts)


def _table(headings: tuple[str, str], rows: Sequence[tuple[str, str]]) -> str:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=140, color_system=None)
    with console.capture() as capture:
        console.print(table)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


FORMATS: Mapping[str, Callable[[Rendering, Path], str]] = {"table": as_table, "json": as_json}
