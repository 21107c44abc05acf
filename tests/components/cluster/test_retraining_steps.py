"""The steps' own program, run as the containers run it: as a text that Python is handed."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.components.cluster.retrained import pipeline
from trimtab.components.cluster_pipelines.steps.plan import Ref, step_text, steps

if TYPE_CHECKING:
    from collections.abc import Mapping

GATES = next(step for step in steps(pipeline()) if step.name == "gate").args[-1]


def run(*args: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-c", step_text(), *args], env=env, capture_output=True, text=True, check=False
    )


def gated(evaluation: str) -> subprocess.CompletedProcess[str]:
    assert isinstance(GATES, str)
    return run("gate", "--evaluation", evaluation, "--gates", GATES)


def test_a_model_that_keeps_every_bound_passes() -> None:
    passed = gated('{"auc": 0.9, "p99_latency_ms": 50, "rows": 7}')
    assert (passed.returncode, passed.stderr) == (0, "")


@pytest.mark.parametrize(
    ("evaluation", "why"),
    [
        ({"auc": 0.89, "p99_latency_ms": 50}, "auc is 0.89, at-least 0.9 was asked"),
        ({"auc": 0.95, "p99_latency_ms": 51}, "p99_latency_ms is 51, at-most 50.0 was asked"),
        ({"auc": 0.95}, "p99_latency_ms was not measured"),
        ({"auc": True, "p99_latency_ms": 1}, "auc was not measured"),
        ({"auc": float("nan"), "p99_latency_ms": 1}, "auc was not measured"),
    ],
)
def test_a_model_that_misses_one_is_refused(evaluation: dict[str, float], why: str) -> None:
    refused = gated(json.dumps(evaluation))
    assert refused.returncode == 1
    assert refused.stderr == f"the model was refused: {why}\n"


def test_a_registry_that_is_gone_is_one_sentence() -> None:
    env = {"MLFLOW_TRACKING_URI": "http://127.0.0.1:9"}
    failed = run("approval", "--model", "fraud", "--version", "1", env=env)
    assert failed.returncode == 1
    assert failed.stderr.startswith("GET http://127.0.0.1:9/api/2.0/mlflow/model-versions/get?name=fraud&version=1: ")
    assert "Traceback" not in failed.stderr


def test_the_program_holds_nothing_that_an_engine_would_fill_in() -> None:
    for sign in ("{{", "{%", "{#"):
        assert sign not in step_text()


def test_steps_take_only_what_an_earlier_one_wrote() -> None:
    written: set[Ref] = set()
    for step in steps(pipeline()):
        assert set(step.refs) <= written, step.name
        if step.output:
            written.add(Ref(step.name, step.output))
    assert [step.name for step in steps(pipeline())] == [
        "train",
        "evaluate",
        "gate",
        "register",
        "approval",
        "deploy",
    ]
