"""What a declaration of training may say, and the sentence for what it may not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from tests.components.cluster.served import TRAINING
from trimtab.spec.cluster.training import Training
from trimtab.spec.problems import sentence

TORCH, DEEPSPEED, EVERYWHERE = TRAINING["runtimes"]
(RAY_JOB,) = TRAINING["rayJobs"]
(RAY_CLUSTER,) = TRAINING["rayClusters"]


def problems(declared: dict[str, Any]) -> list[str]:
    try:
        Training.model_validate_json(json.dumps(declared), strict=True)
    except ValidationError as error:
        return [sentence(detail, Training) for detail in error.errors(include_url=False)]
    return []


def test_a_sound_declaration_is_read_and_written_back() -> None:
    spec = Training.model_validate_json(json.dumps(TRAINING), strict=True)
    assert Training.model_validate_json(spec.model_dump_json(by_alias=True), strict=True) == spec
    assert spec.runtime("torch").processes_per_node == 8
    assert spec.runtime("everywhere").processes_per_node == 1


BROKEN: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "no such runtime": (
        {"jobs": [{"name": "x", "runtime": "jax"}]},
        ("jobs[0].runtime = 'jax'", "torch, deepspeed, everywhere"),
    ),
    "a runtime twice": ({"runtimes": [TORCH, TORCH], "jobs": []}, ("runtimes", "torch twice")),
    "fabric without interfaces": (
        {"runtimes": [{**TORCH, "instanceType": "g5.xlarge"}], "jobs": []},
        ("runtimes[0].efa = True", "it is g5.xlarge", "p5.48xlarge"),
    ),
    "a job that grows": (
        {"rayJobs": [{**RAY_JOB, "workers": [{**RAY_JOB["workers"][0], "minReplicas": 1}]}]},
        ("rayJobs[0].workers[0].minReplicas = 1", "allowed: 4"),
    ),
    "eight groups": (
        {
            "rayClusters": [
                {**RAY_CLUSTER, "workers": [{**RAY_CLUSTER["workers"][0], "name": f"g{n}"} for n in range(8)]}
            ]
        },
        ("rayClusters[0].workers", "1 to 7 entries"),
    ),
    "no nodes": ({"runtimes": [{**DEEPSPEED, "nodes": 0}], "jobs": []}, ("runtimes[0].nodes = 0", "1 to 1000")),
    "a runtime of no kind": ({"runtimes": [{**EVERYWHERE, "type": "jax"}], "jobs": []}, ("torch", "deepspeed")),
    "a queue's name": ({"queue": "Team Queue"}, ("queue = 'Team Queue'", "A Kubernetes name")),
}


@pytest.mark.parametrize(("change", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_refused_is_named(change: dict[str, Any], said: tuple[str, ...]) -> None:
    (problem,) = problems({**TRAINING, **change})
    for words in said:
        assert words in problem
    assert "remedy: " in problem
