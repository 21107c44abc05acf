"""What a declaration of a served model may say, and the sentence for what it may not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tests.components.cluster.served import (
    CANARY,
    COMMIT,
    PROMETHEUS,
    RAY,
    RUNTIME,
    SERVED,
    SMALL,
    SPREAD,
    VLLM,
    WORKERS,
)
from trimtab.spec.cluster.serving import ClusterServing, KServeServing, RayServing, VllmServing
from trimtab.spec.cluster.serving_sizing import replica_sizing, steps, workload_sizing
from trimtab.spec.problems import sentence

if TYPE_CHECKING:
    from trimtab.spec.base import SpecModel

SERVING: TypeAdapter[KServeServing | VllmServing | RayServing] = TypeAdapter(ClusterServing)
FORMS: dict[str, type[SpecModel]] = {"kserve": KServeServing, "vllm": VllmServing, "ray": RayServing}
LLM, CODE = RAY["applications"]


def problems(declared: dict[str, Any]) -> list[str]:
    form = FORMS[declared["form"]]
    try:
        form.model_validate_json(json.dumps(declared), strict=True)
    except ValidationError as error:
        return [sentence(detail, form) for detail in error.errors(include_url=False)]
    return []


@pytest.mark.parametrize("declared", SERVED.values(), ids=SERVED)
def test_a_sound_declaration_is_read_and_written_back(declared: dict[str, Any]) -> None:
    spec = SERVING.validate_json(json.dumps(declared), strict=True)
    assert SERVING.validate_json(SERVING.dump_json(spec, by_alias=True), strict=True) == spec


BROKEN: dict[str, tuple[dict[str, Any], dict[str, Any], tuple[str, ...]]] = {
    "a tag": (VLLM, {"image": "vllm/vllm-openai:latest"}, ("image = 'vllm/vllm-openai:latest'", "@sha256")),
    "a branch": (
        VLLM, {"model": {"modelId": "acme/x", "revision": "main"}},
        ("model.revision = 'main'", "40 hexadecimal digits"),
    ),
    "fewer GPUs than parts": (
        SPREAD, {"gpu": {"type": "whole", "count": 2}, "gpuMemoryGib": 40},
        ("engine.tensorParallelSize = 4", "allowed: 2"),
    ),
    "parts on slices": (
        SPREAD, {"gpu": {"type": "mig", "profile": "3g.20gb", "count": 4}, "gpuMemoryGib": 20},
        ("gpu =", "whole GPUs", "tensorParallelSize: 1"),
    ),
    "a model larger than its GPU": (VLLM, {"gpuMemoryGib": 30}, ("gpuMemoryGib = 30", "1 to 24")),
    "a model larger than its slice": (SMALL, {"gpuMemoryGib": 11}, ("gpuMemoryGib = 11", "1 to 10")),
    "more than most": (VLLM, {"minReplicas": 9}, ("minReplicas = 9", "0 to 8")),
    "never reached": (VLLM, {"scaling": None}, ("maxReplicas = 8", "no scaling", "2 without scaling")),
    "asleep for ever": (SMALL, {"minReplicas": 0}, ("minReplicas = 0", "scaling.type prometheus")),
    "one volume for many": (
        VLLM, {"cache": {"type": "claim", "sizeGib": 9, "accessMode": "ReadWriteOnce"}},
        ("cache.accessMode = 'ReadWriteOnce'", "ReadWriteMany where maxReplicas"),
    ),
    "the node's own files": (VLLM, {"cache": {"type": "host-path", "path": "/etc/x"}}, ("cache.path = '/etc/x'",)),
    "a way out of the data": (
        VLLM, {"cache": {"type": "host-path", "path": "/mnt/../etc"}}, ("cache.path = '/mnt/../etc'", "/mnt"),
    ),
    "a profile": (SMALL, {"gpu": {"type": "mig", "profile": "half"}}, ("gpu.profile = 'half'", "MIG profile")),
    "canary in raw": (RUNTIME, {"canaryTrafficPercent": 5}, ("canaryTrafficPercent = 5", "mode serverless")),
    "requests in raw": (
        RUNTIME, {"scaling": {"type": "requests", "target": 3}}, ("scaling.type", "cpu or prometheus in mode raw"),
    ),
    "cpu in serverless": (CANARY, {"scaling": {"type": "cpu"}}, ("scaling.type", "requests in mode serverless")),
    "zero in raw": (RUNTIME, {"minReplicas": 0}, ("minReplicas = 0", "mode: serverless")),
    "unpinned storage": (
        RUNTIME, {"predictor": {"type": "runtime", "modelFormat": "onnx", "storageUri": "hf://acme/x:main"}},
        ("predictor.storageUri = 'hf://acme/x:main'", "40 digits"),
    ),
    "a runtime's metrics behind Knative": (
        CANARY, {"predictor": {"type": "container", "metrics": "triton"}},
        ("predictor.metrics triton", "mode serverless", "Knative counts requests itself"),
    ),
    "an unknown field": (VLLM, {"gpus": 1}, ("gpus = 1", "there is no such field", "did you mean gpu?")),
    "the same caller": (VLLM, {"callers": ["shop", "shop"]}, ("callers", "shop is listed more than once")),
    "a limit below the request": (
        VLLM, {"resources": {"cpuMillicores": 100, "memoryMib": 64, "memoryLimitPercent": 50}},
        ("resources.memoryLimitPercent = 50", "100 to 1000"),
    ),
    "an old Ray with tokens": (RAY, {"rayVersion": "2.9.0"}, ("tokenAuth", "2.52.0 or newer", "rayVersion is 2.9.0")),
    "a group called head": (RAY, {"workers": [{**WORKERS, "name": "head"}]}, ("workers", "not head")),
    "one route for two": (RAY, {"applications": [LLM, {**CODE, "routePrefix": "/"}]}, ("applications", "/", "once")),
    "more parts than a worker has GPUs": (
        RAY, {"workers": [{**WORKERS, "gpu": {"type": "whole"}}]},
        ("applications[0].engine.tensorParallelSize = 2", "1 to 1"),
    ),
    "two tokens": (
        RAY,
        {"applications": [
            LLM, {**LLM, "name": "b", "routePrefix": "/b",
                  "model": {**LLM["model"], "token": {"type": "secret", "name": "other"}}},
        ]},
        ("applications[1].model.token", "one token"),
    ),
    "replicas of a deployment": (
        RAY, {"applications": [{**LLM, "scaling": {"minReplicas": 4, "maxReplicas": 2}}]},
        ("applications[0].scaling.minReplicas = 4", "0 to 2"),
    ),
    "workers": (RAY, {"workers": [{**WORKERS, "minReplicas": 7}]}, ("workers[0].minReplicas = 7", "0 to 5")),
}  # fmt: skip


@pytest.mark.parametrize(("declared", "change", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_refused_is_named(declared: dict[str, Any], change: dict[str, Any], said: tuple[str, ...]) -> None:
    # Where a list's only entry is unsound, pydantic finds the list too short as well.
    problem, *_ = problems({**declared, **change})
    for words in said:
        assert words in problem
    assert "remedy: " in problem


def test_scaling_to_zero_by_a_query() -> None:
    assert problems({**VLLM, "minReplicas": 0, "scaling": PROMETHEUS}) == []


def test_steps_are_halves_and_doubles() -> None:
    assert steps(4000, smallest=500, largest=9000) == (500, 750, 1000, 1500, 2000, 3000, 4000, 6000, 8000)
    assert steps(700, smallest=700, largest=800) == (700,)


def test_a_request_is_never_advised_below_the_model() -> None:
    spec = VllmServing.model_validate(VLLM)
    template = workload_sizing(spec, "cluster.serving[0]", count=8, service_class="standard", gpu_memory_gib=18)
    cpu, memory, gpus = template.fields
    assert min(memory.allowed) == 18_432
    assert memory.current == 24_576
    assert cpu.spec_path == "cluster.serving[0].resources.cpuMillicores"
    assert gpus.allowed == (1,)
    least = VllmServing.model_validate({**VLLM, "resources": {"cpuMillicores": 4000, "memoryMib": 8192}})
    declared = workload_sizing(least, None, count=8, service_class="standard", gpu_memory_gib=18)
    assert declared.fields[1].allowed == (8192, 12_288, 16_384)
    assert declared.fields[1].spec_path is None


def test_replicas_keep_their_bounds() -> None:
    spec = VllmServing.model_validate(VLLM)
    template = replica_sizing(spec, None, floor=2, service_class="critical", least=0)
    low, high, *asked = template.fields
    assert low.allowed == tuple(range(9))
    assert high.allowed == tuple(range(2, 17))
    assert {field.unit: field.current for field in asked} == {"millicores": 4000, "MiB": 24_576, "gpus": 1}
    assert replica_sizing(spec, None, floor=2, service_class="critical", least=1).fields[0].allowed[0] == 1


def test_every_step_is_one_that_the_spec_takes() -> None:
    spec = SERVING.validate_python(RUNTIME)
    assert isinstance(spec, KServeServing)
    for field in workload_sizing(spec, None, count=4, service_class="standard").fields:
        for value in field.allowed:
            assert problems({**RUNTIME, "resources": {**RUNTIME["resources"], field.name: value}}) == []


def test_the_revision_is_the_commit() -> None:
    spec = SERVING.validate_python(VLLM)
    assert isinstance(spec, VllmServing)
    assert spec.model.revision == COMMIT
