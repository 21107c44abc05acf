"""One component, up alone in a stack of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from trimtab.cli.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.support import Resource, Result, Workspace

OF_THE_WHOLE = frozenset({"trail-covers-buckets", "trail-covers-registries"})
"""Rules that look for another part of a platform, which a component alone does not have."""
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

    def document(self, token: str, name: str, field: str = "policy") -> dict[str, Any]:
        """A policy document of a resource, parsed."""
        parsed: dict[str, Any] = json.loads(self.named(token, name).inputs[field])
        return parsed

    def is_stable(self) -> None:
        """The same program again changes nothing."""
        self.workspace.preview(flags=["--expect-no-changes"])

    def findings(self) -> list[str]:
        """What the shipped rules find in it, as `rule: resource: message`."""
        file = self.workspace.folder / "state.json"
        file.write_text(json.dumps(self.result.state), encoding="utf-8")
        result = CliRunner().invoke(policy, ["check", "--state", str(file), "--format", "json"])
        every = json.loads(result.output)["findings"]
        found = [item for item in every if item["rule"] not in OF_THE_WHOLE]
        return [f"{item['rule']}: {item['urn'].rpartition('::')[2]}: {item['message']}" for item in found]

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
    described = wanted(component, model, spec, name=name, environment=environment, inputs=inputs)
    workspace = make(PROGRAM, config={"single:component": described})
    return Single(workspace, workspace.up(), component.split(":")[1])


def wanted(
    component: str,
    model: str,
    spec: Mapping[str, Any] | None = None,
    *,
    name: str = "part",
    environment: str = "dev",
    inputs: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What the program reads from its configuration; see `single`."""
    return {
        "component": f"trimtab.components.{component}",
        "model": f"trimtab.spec.{model}",
        "name": name,
        "environment": environment,
        "spec": dict(spec or {}),
        "inputs": dict(inputs or {}),
    }


def untagged(result: Result) -> list[str]:
    """URNs of AWS resources that have tags in the SDK's type but lack the platform's."""
    return [
        resource.urn
        for resource in result.resources
        if resource.type.startswith("aws:")
        and "tagsAll" in resource.outputs
        and resource.inputs.get("tags", {}).get("Platform") != "acme"
    ]
