"""A Pulumi project in a folder, and one stack of it, driven by the real engine."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from tests.support.cloud import Finished, LocalCloud, run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STACK = "test"
_YAML = YAML(typ="safe")
_TIDY = ("--non-interactive", "--color=never")


@dataclass(frozen=True)
class Resource:
    """A resource of a stack's state."""

    urn: str
    type: str
    id: str | None
    inputs: dict[str, Any]
    outputs: dict[str, Any]
    raw: dict[str, Any]

    @property
    def name(self) -> str:
        return self.urn.rsplit("::", 1)[1]


@dataclass(frozen=True)
class Result:
    """How an operation ended.

    Attributes:
        code: pulumi's exit code.
        output: what it printed, standard output then standard error.
        state: the stack's deployment afterwards (`pulumi stack export`).
        events: what `preview --json` printed, else {}.
    """

    code: int
    output: str
    state: dict[str, Any]
    events: dict[str, Any] = field(default_factory=dict)

    @property
    def resources(self) -> list[Resource]:
        return [
            Resource(raw["urn"], raw["type"], raw.get("id"), raw.get("inputs", {}), raw.get("outputs", {}), raw)
            for raw in self.state.get("deployment", {}).get("resources", [])
        ]

    @property
    def outputs(self) -> dict[str, Any]:
        stacks = self.of_type("pulumi:pulumi:Stack")
        return stacks[0].outputs if stacks else {}

    def of_type(self, token: str) -> list[Resource]:
        return [resource for resource in self.resources if resource.type == token]


class Workspace:
    """A project whose stack is made at once.

    Args:
        cloud: where it runs.
        folder: where its files are written.
        program: the text of `__main__.py`, or a folder that is copied.
        config: configuration, key with its namespace; values may be objects. `aws:region` is set where it is lacking.
        options: `runtime.options` of the project.
        name: the project's name.
    """

    def __init__(
        self,
        cloud: LocalCloud,
        folder: Path,
        *,
        program: str | Path,
        config: Mapping[str, Any] | None = None,
        options: Mapping[str, Any] | None = None,
        name: str = "workspace",
    ) -> None:
        self.cloud = cloud
        self.name = name
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        runtime = {"name": "python", "options": dict(options or {})}
        project = {"name": name, "runtime": runtime, "main": "program"}
        _YAML.dump(project, folder / "Pulumi.yaml")
        self.write_program(program)
        self._must(self.pulumi("stack", "init", f"organization/{name}/{STACK}"))
        self.write_config(config or {})

    def write_program(self, program: str | Path) -> None:
        target = self.folder / "program"
        shutil.rmtree(target, ignore_errors=True)
        if isinstance(program, Path):
            shutil.copytree(program, target)
        else:
            target.mkdir()
            (target / "__main__.py").write_text(program, encoding="utf-8")

    def write_config(self, config: Mapping[str, Any]) -> None:
        path = self.folder / f"Pulumi.{STACK}.yaml"
        kept = _YAML.load(path) if path.exists() else {}
        kept["config"] = {"aws:region": self.cloud.state.region, **config}
        _YAML.dump(kept, path)

    def pulumi(self, *args: str) -> Finished:
        """Any command of the engine, in this project."""
        executable = self.cloud.state.engine.folder / "pulumi"
        return run([str(executable), *args, *_TIDY], env=self.cloud.environment, cwd=self.folder)

    def up(self, *, check: bool = True, flags: Sequence[str] = ()) -> Result:
        return self._operate("up", ["--yes", "--skip-preview", *flags], check=check)

    def refresh(self, *, check: bool = True, flags: Sequence[str] = ()) -> Result:
        return self._operate("refresh", ["--yes", "--skip-preview", *flags], check=check)

    def destroy(self, *, check: bool = True, flags: Sequence[str] = ()) -> Result:
        return self._operate("destroy", ["--yes", "--skip-preview", *flags], check=check)

    def preview(self, *, check: bool = True, flags: Sequence[str] = (), json: bool = False) -> Result:
        return self._operate("preview", [*(["--json"] if json else []), *flags], check=check, parse=json)

    def export(self) -> dict[str, Any]:
        finished = self._must(self.pulumi("stack", "export", "--stack", STACK))
        exported: dict[str, Any] = json.loads(finished.stdout)
        return exported

    def _operate(self, command: str, flags: Sequence[str], *, check: bool, parse: bool = False) -> Result:
        finished = self.pulumi(command, "--stack", STACK, *flags)
        if check:
            self._must(finished)
        events = json.loads(finished.stdout) if parse and finished.stdout else {}
        return Result(finished.code, finished.stdout + finished.stderr, self.export(), events)

    @staticmethod
    def _must(finished: Finished) -> Finished:
        assert finished.code == 0, f"pulumi left with {finished.code}:\n{finished.stdout}\n{finished.stderr}"
        return finished
