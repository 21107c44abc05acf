"""Components on the embedded cluster, up together in a namespace of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.support import Resource, Result, Workspace

PROGRAM = Path(__file__).parent / "programs" / "parts"


def parts_workspace(
    make: Callable[..., Workspace],
    namespace: str,
    components: Sequence[dict[str, Any]],
    *,
    environment: str = "dev",
) -> Workspace:
    """Return a stack that is not up yet.

    Args:
        make: the fixture `make_workspace`.
        namespace: what no other test of the session uses.
        components: each with `component` (below `trimtab.components`), `model` (below `trimtab.spec`), `name`, `spec`,
            and where wanted `path` (its place in a configuration) and `inputs`.
        environment: of the context.
    """
    config = {
        "parts:namespace": namespace,
        "parts:environment": environment,
        "parts:components": list(components),
    }
    return make(PROGRAM, config=config)


def objects(result: Result) -> list[Resource]:
    """Return the Kubernetes objects of a stack."""
    return [resource for resource in result.resources if resource.type.startswith("kubernetes:")]


def one(result: Result, kind: str, name: str) -> dict[str, Any]:
    """Return what was declared of the one object with that kind and name."""
    (found,) = [
        resource.inputs
        for resource in objects(result)
        if resource.inputs["kind"] == kind and resource.inputs["metadata"]["name"] == name
    ]
    return found


def handles(result: Result, component: str) -> dict[str, dict[str, Any]]:
    """Return the sizing handles of a component by their cloud ids."""
    (found,) = [r for r in result.resources if r.type.startswith("trimtab:index:") and r.name == component]
    return {handle["cloudId"]: handle for handle in found.outputs["sizingHandles"]}
