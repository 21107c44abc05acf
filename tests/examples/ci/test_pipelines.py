"""Users' pipelines, as far as they run here: every line of ours is understood, and all of them run in a project."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from tests.examples.ci.pipelines import EXAMPLES, PIPELINES, Pipeline
from tests.support.cloud import COMMAND, run
from trimtab.cli.main import trimtab

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import Workspace

PROGRAM = """
import pulumi_aws as aws

tags = {"Team": "ml", "CostCenter": "1"}
aws.ecr.Repository("models", image_tag_mutability="%s", tags=tags, force_delete=True,
    image_scanning_configuration={"scan_on_push": True},
    encryption_configurations=[{"encryption_type": "KMS", "kms_key": "alias/ml"}])
"""
# What a finding of this severity would need another resource for.
OTHERS = '{"all": "disabled", "ecr-immutable-tags": "mandatory"}'

every_pipeline = pytest.mark.parametrize("name", list(PIPELINES))


@every_pipeline
def test_our_commands_take_the_options_they_are_given(name: str) -> None:
    pipeline = PIPELINES[name]()
    lines = [line for line in pipeline.own if line.startswith("trimtab")]
    assert len(lines) >= 4
    for line in lines:
        words = shlex.split(re.split(r"\|\||>", line)[0])[1:]
        command: click.Command = trimtab
        context = click.Context(trimtab)
        while isinstance(command, click.Group):
            found = command.get_command(context, words[0])
            assert found is not None, line
            command, words = found, words[1:]
        command.make_context("trimtab", words)


@every_pipeline
def test_nothing_but_reading_is_asked_of_the_engine(name: str) -> None:
    lines = [line for line in PIPELINES[name]().own if line.startswith("pulumi")]
    assert lines
    assert all(line.startswith("pulumi preview ") for line in lines)


def test_every_file_of_the_examples_is_run() -> None:
    files = {path.relative_to(EXAMPLES).parts[0] for path in EXAMPLES.rglob("*") if path.is_file()}
    assert files == set(PIPELINES)


def run_all(pipeline: Pipeline, workspace: Workspace) -> list[int]:
    """Run every line of ours in the workspace's folder; the exit code of each."""
    env = {**workspace.cloud.environment, **pipeline.variables, "STACK": "test"}
    env["PATH"] = f"{COMMAND.parent}{os.pathsep}{env['PATH']}"
    return [run(["bash", "-c", line], env=env, cwd=workspace.folder).code for line in pipeline.own]


@pytest.mark.engine
@every_pipeline
def test_a_change_that_breaks_a_rule_stops_the_pipeline_after_its_reports(
    name: str, make_workspace: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_workspace(PROGRAM % "MUTABLE")
    pipeline = PIPELINES[name]()
    codes = dict(zip(pipeline.own, run_all(pipeline, workspace), strict=True))
    failed = [line for line, code in codes.items() if code]
    assert failed == ["trimtab policy check --state preview.json --severity high"], codes
    assert "ecr-immutable-tags" in (workspace.folder / "policy.sarif").read_text(encoding="utf-8")
    assert "ecr-immutable-tags" in (workspace.folder / "policy.md").read_text(encoding="utf-8")
    assert (workspace.folder / "manifests").is_dir()
    junit = workspace.folder / "policy-junit.xml"
    if name == "gitlab":
        assert "<testsuites" in junit.read_text(encoding="utf-8")
    workspace.write_program(PROGRAM % "IMMUTABLE")
    monkeypatch.chdir(workspace.folder)
    Path("policy.json").write_text(OTHERS, encoding="utf-8")
    (workspace.folder / "manifests").rmdir()
    mended = run_all(_with_settings(pipeline), workspace)
    assert mended == [0] * len(mended)


def _with_settings(pipeline: Pipeline) -> Pipeline:
    """The same pipeline, limited to the one rule that the program is about."""
    limited = {
        job: [line.replace("--state preview.json", "--state preview.json --config policy.json") for line in lines]
        for job, lines in pipeline.jobs.items()
    }
    return Pipeline(pipeline.variables, limited)
