"""One component, up alone in a stack of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.support import Resource, Result, Workspace

PROGRAM = Path(__file__).parent / "programs" / "single"


@dataclass(frozen=True)
class Single:
    """A component's stack after `up`.

    Attributes:
        workspace: the stack.
        result: how `up` ended.
        kind: the component's class name.
    """

    workspace: Workspace
    result: Result
    kind: str

    @property
    def outputs(self) -> dict[str, Any]:
        (component,) = self.result.of_type(f"trimtab:index:{self.kind}")
        return component.outputs

    def only(self, token: str) -> Resource:
        """The one resource of a type."""
        (found,) = self.result.of_type(token)
        return found

    def named(self, token: str, name: str) -> Resource:
        """The one resource of a type with that name in the program."""
        (found,) = [resource for resource in self.result.of_type(token) if resource.name == name]
        return found

    def policy(self, token: str, name: str, field: str = "policy") -> dict[str, Any]:
        """A policy document of a resource, parsed."""
        document: dict[str, Any] = json.loads(self.named(token, name).inputs[field])
        return document

    def is_stable(self) -> None:
        """The same program again changes nothing."""
        self.workspace.preview(flags=["--expect-no-changes"])

    def leaves_nothing(self) -> None:
        """Destroying it leaves no resource behind."""
        emptied = self.workspace.destroy()
        assert [resource.urn for resource in emptied.resources] == []


def single(
    make: Callable[..., Workspace],
    component: str,
    model: str,
    spec: Mapping[str, Any] | None = None,
    *,
    name: str = "part",
    environment: str = "dev",
    inputs: Mapping[str, Any] | None = None,
) -> Single:
    """Bring one component up.

    Args:
        make: the fixture `make_workspace`.
        component: its class below `trimtab.components`, `artifact_store:ArtifactStore`.
        model: its spec model below `trimtab.spec`, `artifact_store:ArtifactStore`.
        spec: its declaration, as YAML would hold it.
        name: its name in the program.
        environment: of its context.
        inputs: its wired inputs.
    """
    wanted = {
        "component": f"trimtab.components.{component}",
        "model": f"trimtab.spec.{model}",
        "name": name,
        "environment": environment,
        "spec": dict(spec or {}),
        "inputs": dict(inputs or {}),
    }
    workspace = make(PROGRAM, config={"single:component": wanted})
    return Single(workspace, workspace.up(), component.split(":")[1])


def untagged(result: Result) -> list[str]:
    """URNs of AWS resources that have tags in the SDK's type but lack the platform's."""
    return [
        resource.urn
        for resource in result.resources
        if resource.type.startswith("aws:")
        and "tagsAll" in resource.outputs
        and resource.inputs.get("tags", {}).get("Platform") != "acme"
    ]
