"""Every shipped stack and example, rendered once a session."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from trimtab.render import render_stack
from trimtab.render.project import find_project

if TYPE_CHECKING:
    from trimtab.render.objects import KubernetesObject

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/Pulumi.yaml"))
PROGRAMS: dict[str, tuple[Path, str]] = {
    **{f"stack {name}": (ROOT, name) for name in find_project(ROOT).known_stacks()},
    **{f"example {folder.name}": (folder, "dev") for folder in EXAMPLES},
}
"""Name → (folder, stack)."""


@cache
def objects_of(program: str) -> tuple[KubernetesObject, ...]:
    """Return the Kubernetes objects of a program."""
    folder, stack = PROGRAMS[program]
    return tuple(render_stack(folder, stack).files.values())
