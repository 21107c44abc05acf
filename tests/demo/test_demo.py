"""The demo as `make demo` runs it, on a copy of the project and with a cloud of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from difflib import ndiff
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import LocalCloud
from tests.support.cloud import home_variables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
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
    in_step = run(["bash", "-c", f"{eval_env} pulumi preview --stack local --expect-no-changes"], project, env)
    assert in_step.returncode == 0, in_step.stdout
    ended = run(["bash", "-c", f"{eval_env} pulumi destroy --stack local --yes --skip-preview"], project, env)
    assert ended.returncode == 0, ended.stdout
