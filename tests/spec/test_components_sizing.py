"""Sizing of inference components: every step that they allow, the declaration accepts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.spec.broken import BASE, IMAGE
from tests.spec.places import put
from trimtab.spec import read_platform

COPIES = {"minCopies": 2, "maxCopies": 4, "gpus": 1, "memoryMib": 32_768, "targetInvocationsPerCopy": 60}
OTHER = {"type": "registered", "group": "fraud", "version": 1, "image": IMAGE, "dataKey": "x.tar.gz"}
SHARED = {
    "form": "inference-components",
    "instanceType": "ml.g5.12xlarge",
    "maxInstances": 8,
    "copies": COPIES,
    "others": [{"name": "second", "model": OTHER, "copies": {**COPIES}}],
}
DECLARED = {**put(BASE, "servingEndpoints[0].capacity", SHARED), "pipelines": None}


@pytest.mark.parametrize("name", ["fraud", "second"])
@pytest.mark.parametrize(("instances", "most"), [(8, 8), (3, 8), (2, 4)])
def test_every_allowed_step_is_accepted_at_its_place(name: str, instances: int, most: int) -> None:
    declared = put(DECLARED, "servingEndpoints[0].capacity.maxInstances", instances)
    (endpoint,) = read_platform(declared).serving_endpoints
    assert endpoint.sizing("servingEndpoints[0]", floor=1) is None
    template = endpoint.components_sizing("servingEndpoints[0]")[name]
    assert (template.kind, template.count) == ("sagemaker-inference-component", 4)
    assert {field.name for field in template.fields} == {
        "minCopies", "maxCopies", "targetInvocationsPerCopy", "scaleInCooldownSeconds", "gpus", "memoryMib"
    }  # fmt: skip
    assert {field.name: field.allowed[-1] for field in template.fields}["maxCopies"] == most
    for field in template.fields:
        assert field.spec_path
        assert field.current in field.allowed
        for step in {field.allowed[0], field.allowed[-1]}:
            changed: dict[str, Any] = put(declared, field.spec_path, step)
            (after,) = read_platform(changed).serving_endpoints
            fields = {one.name: one.current for one in after.components_sizing(None)[name].fields}
            assert fields[field.name] == step


def test_a_program_has_no_place_to_edit() -> None:
    (endpoint,) = read_platform(DECLARED).serving_endpoints
    fields = [field for one in endpoint.components_sizing(None).values() for field in one.fields]
    assert {field.spec_path for field in fields} == {None}
