"""The Kubernetes objects of a Pulumi program, without a cluster, an engine or a cloud.

The program runs in this process with a recorder in the engine's place. What only a cloud decides, and every secret,
is a readable stand-in, `${Instance.mlflow.address}`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from trimtab.render.files import file_names, write_folder
from trimtab.render.objects import objects_of
from trimtab.render.placeholders import Placeholders
from trimtab.render.program import Settings, run, run_folder
from trimtab.render.project import find_project, settings_of
from trimtab.render.report import FORMATS, Rendering

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["FORMATS", "Rendering", "render_stack", "rendered", "write_folder"]


def rendered(program: Callable[[], object], config: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The Kubernetes objects that a function declares, in a fixed order.

    Args:
        program: declares resources, as a program's `__main__` would.
        config: `namespace:key` to text.

    Raises:
        UserError: the program failed.
    """
    recorded, _ = run(program, Settings(config=config or {}))
    objects, _ = objects_of(recorded)
    return [one.document for one in objects]


def render_stack(folder: Path, stack: str) -> Rendering:
    """The Kubernetes objects of a stack of the project that `folder` belongs to.

    Raises:
        UserError: the project or the stack is not there or broken, or the program failed.
    """
    project = find_project(folder)
    placeholders = Placeholders()
    recorded, placeholders = run_folder(project.main, settings_of(project, stack, placeholders), placeholders)
    objects, left_out = objects_of(recorded)
    files = dict(sorted(zip(file_names(objects), objects, strict=True)))
    held: dict[str, list[str]] = defaultdict(list)
    for name, one in files.items():
        for text in sorted(placeholders.found_in(one.document)):
            held[text].append(name)
    return Rendering(stack, files, dict(sorted(held.items())), left_out)
