"""The demo as `make demo` runs it, on a copy of the project and with a cloud of its own."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from difflib import ndiff
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.docs.documented import on_stack
from tests.support import LocalCloud
from tests.support.cloud import home_variables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
COMMANDS = Path(__file__).with_name("commands.py")
FINDING = ("policy check", "doctor")
"""Commands that leave with 1 where they find something, as they should on a stack that is no production."""
PARTS = ("stacks", "policies", "examples", "src")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the parts that the demo reads and edits."""
    copy = tmp_path / "project"
    for part in PARTS:
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "Pulumi.yaml", copy / "Pulumi.yaml")
    (copy / ".venv").symlink_to(Path(sys.prefix))
    return copy


@pytest.fixture
def own_cloud(tmp_path: Path) -> Iterator[LocalCloud]:
    """The cloud that the demo starts; it is ended here whatever the demo did."""
    cloud = LocalCloud(tmp_path / "home")
    yield cloud
    cloud.down()


def run(command: list[str], project: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)


def documented_commands_run(project: Path, env: Mapping[str, str], eval_env: str) -> None:
    """Run what the pages show, by the pages' own words, on the stack that stands."""
    ready = run(["bash", "-c", f"{eval_env} pulumi stack export --stack local > state.json"], project, env)
    assert ready.returncode == 0, ready.stderr
    for name in ("main.json", "branch.json"):
        shutil.copy(project / "state.json", project / name)
    wanted = on_stack("local")
    command = f"{eval_env} exec .venv/bin/python {shlex.quote(str(COMMANDS))}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=project, env=env, input=json.dumps(wanted), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    failed = [
        f"{' '.join(words)}: {code}: {out[-1000:]}{err[-1000:]}"
        for words, (code, out, err) in zip(wanted, json.loads(done.stdout), strict=True)
        if code not in ({0, 1} if " ".join(words).startswith(FINDING) else {0}) or not (out or "-o" in words)
    ]
    assert not failed, "\n".join(failed)


@pytest.mark.engine
def test_the_demo_ends_with_a_report_and_a_stack_that_is_in_step(project: Path, own_cloud: LocalCloud) -> None:
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "PULUMI_"))}
    env = {**outside, **home_variables(own_cloud.home)}
    before = (project / "stacks" / "Pulumi.local.yaml").read_text(encoding="utf-8")

    done = run(["bash", "examples/demo/run.sh"], project, env)

    assert done.returncode == 0, done.stdout + done.stderr
    report = Path(done.stdout.rstrip().splitlines()[-1])
    assert report == project / ".trimtab" / "report.html"
    assert report.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "acme-ml-local-fraud-scoring: kept" in done.stdout
    after = (project / "stacks" / "Pulumi.local.yaml").read_text(encoding="utf-8")
    diff = [line for line in ndiff(before.splitlines(), after.splitlines()) if line.startswith(("- ", "+ "))]
    assert {line[2:].split(":")[0].strip() for line in diff} == {
        "minInstances", "maxInstances", "targetInvocationsPerInstance", "scaleInCooldownSeconds",
    }  # fmt: skip

    eval_env = 'eval "$(.venv/bin/trimtab local env)"; '
    preview = "pulumi preview --stack local --expect-no-changes --json --show-sames > preview.json"
    in_step = run(["bash", "-c", f"{eval_env} {preview}"], project, env)
    assert in_step.returncode == 0, (project / "preview.json").read_text(encoding="utf-8")[-4000:]
    documented_commands_run(project, env, eval_env)
    ended = run(["bash", "-c", f"{eval_env} pulumi destroy --stack local --yes --skip-preview"], project, env)
    assert ended.returncode == 0, ended.stdout
