"""What a declaration of monitoring refuses, and what it says then."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from tests.services.prometheus.declared import monitoring, whole
from trimtab.spec.cluster.monitoring import ClusterMonitoring
from trimtab.spec.problems import sentence

FRAUD = whole()["objectives"][0]
DRIFT = whole()["drift"]


def said(**changes: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        monitoring(**changes)
    (error,) = refused.value.errors()
    return sentence(error, ClusterMonitoring)


def test_written_and_read_again_it_is_the_same() -> None:
    declared = monitoring()
    assert ClusterMonitoring.model_validate(declared.model_dump(mode="json", by_alias=True)) == declared


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"exporters": ["dcgm", "vllm"], "objectives": [FRAUD]},
            (
                "objectives[0].server = 'kserve': nothing measures it: kserve is not among the exporters; allowed: "
                "vllm; remedy: add kserve to exporters"
            ),
        ),
        (
            {"objectives": [FRAUD, {**FRAUD, "latencyMs": 1}]},
            (
                "objectives[1].model = 'fraud': fraud has two objectives; allowed: one objective a model; "
                "remedy: merge the objectives of fraud"
            ),
        ),
        (
            {"drift": {**DRIFT, "models": DRIFT["models"] * 2}},
            (
                "drift.models[1].model = 'fraud': fraud is watched twice; allowed: each model once; "
                "remedy: leave out one of the entries of fraud"
            ),
        ),
        (
            {"objectives": [{**FRAUD, "availabilityPercent": 90}]},
            (
                "objectives[0].availabilityPercent = 90: input should be greater than or equal to 95; "
                "allowed: a number from 95 to 99.99; remedy: set objectives[0].availabilityPercent to a number from "
                "95 to 99.99"
            ),
        ),
    ],
)
def test_what_is_refused(changes: dict[str, Any], expected: str) -> None:
    assert said(**changes) == expected


def test_every_budget_can_burn() -> None:
    """Fourteen times the largest budget that may be declared is still less than all requests."""
    least = monitoring(objectives=[{**FRAUD, "availabilityPercent": 95}]).objectives[0]
    assert 14.4 * least.error_budget < 1


def test_the_drift_service_can_be_sized() -> None:
    drift = monitoring().drift
    assert drift is not None
    template = drift.sizing(None)
    assert [field.spec_path for field in template.fields] == [None, None]
    for field in template.fields:
        assert field.current in field.allowed
        for value in field.allowed:
            monitoring(drift={**DRIFT, field.name: value})
