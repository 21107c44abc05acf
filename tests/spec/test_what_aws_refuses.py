"""What AWS's own APIs refuse is refused while it is declared, with the way out."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from trimtab.spec.efa import efa_interfaces
from trimtab.spec.pipelines import RetrainingPipeline
from trimtab.spec.platform import Platform
from trimtab.spec.serving import ServingEndpoint
from trimtab.spec.training_pool import TrainingPool

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/fraud@sha256:" + "a1" * 32
MODEL = {"type": "registered", "group": "fraud", "version": 3, "image": IMAGE, "dataKey": "fraud/3/model.tar.gz"}
HUB = {
    "type": "hugging-face",
    "group": "fraud",
    "modelId": "org/model",
    "revision": "0123456789abcdef0123456789abcdef01234567",
    "task": "text-generation",
    "image": IMAGE,
}
SERVERLESS = {"form": "serverless"}
QUEUED = {"form": "asynchronous", "instanceType": "ml.m5.xlarge", "minInstances": 0, "maxInstances": 1}
REAL_TIME = {
    "form": "real-time",
    "instanceType": "ml.g5.xlarge",
    "minInstances": 1,
    "maxInstances": 2,
    "targetInvocationsPerInstance": 10,
}
MANY = {**REAL_TIME, "form": "multi-model"}
VARIANTS = {"shadow": {"model": MODEL}, "canary": {"model": MODEL}}
POOL = {"name": "pool", "instanceTypes": ["p4d.24xlarge"], "maxNodes": 2}


def said(model: type, declared: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(model).validate_python(declared)
    (error,) = refused.value.errors()
    assert error["ctx"]["allowed"]
    assert error["ctx"]["remedy"]
    return error["msg"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"capacity": SERVERLESS, "dataCapture": {"samplingPercent": 5}}, "dataCapture"),
        ({"capacity": QUEUED, "shadow": VARIANTS["shadow"]}, "shadow"),
        ({"capacity": SERVERLESS, "canary": VARIANTS["canary"]}, "canary"),
        ({"capacity": REAL_TIME, **VARIANTS}, "shadow"),
        ({"capacity": MANY, "model": HUB}, "hugging-face"),
    ],
)
def test_a_form_does_what_sagemaker_can(changes: dict[str, Any], message: str) -> None:
    assert message in said(ServingEndpoint, {"name": "fraud", "model": MODEL, **changes})


def test_requests_are_captured_wherever_they_can_be() -> None:
    declared = {"name": "fraud", "model": MODEL}
    real_time = ServingEndpoint.model_validate({**declared, "capacity": REAL_TIME})
    assert real_time.data_capture is not None
    serverless = ServingEndpoint.model_validate({**declared, "capacity": SERVERLESS})
    assert serverless.data_capture is None
    again = ServingEndpoint.model_validate(serverless.model_dump(mode="json", by_alias=True))
    assert again == serverless


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"instanceTypes": ["g5.xlarge"], "warmNodes": 1, "spotPercent": 50, "interruptible": True}, "warmNodes"),
        (
            {
                "instanceTypes": ["p5.48xlarge", "p4d.24xlarge"],
                "reservation": {"type": "capacity-block", "reservationId": "cr-0123456789abcdef0"},
            },
            "reservation",
        ),
        ({"instanceTypes": ["g5.xlarge"], "efa": True}, "efa"),
        ({"instanceTypes": ["p4d.24xlarge", "p5.48xlarge"], "efa": True}, "efa"),
    ],
)
def test_a_pool_does_what_auto_scaling_can(changes: dict[str, Any], message: str) -> None:
    assert message in said(TrainingPool, {**POOL, **changes})


@pytest.mark.parametrize(
    ("instance_type", "count"),
    [("p5.48xlarge", 32), ("p4d.24xlarge", 4), ("g5.8xlarge", 1), ("g5.xlarge", 0), ("m5.large", 0)],
)
def test_interfaces_of_a_type(instance_type: str, count: int) -> None:
    assert efa_interfaces(instance_type) == count


@pytest.mark.parametrize("schedule", ["0 3 1 * 1", "0 3 * * 8"])
def test_a_schedule_names_days_that_the_scheduler_can(schedule: str) -> None:
    declared = {
        "name": "retraining",
        "modelGroup": "fraud",
        "endpoint": "fraud",
        "training": {"image": IMAGE},
        "gates": [{"metric": "auc", "comparison": "at-least", "value": 0.9}],
        "schedule": schedule,
    }
    assert schedule in said(RetrainingPipeline, declared)


@pytest.mark.parametrize(("nat", "refused"), [("none", True), ("single", False)])
def test_a_hub_model_needs_a_way_to_the_hub(nat: str, *, refused: bool) -> None:
    declared: dict[str, Any] = {
        "name": "acme-ml",
        "environment": "dev",
        "owner": {"team": "ml", "costCenter": "1", "contact": "ml@acme.example"},
        "network": {"type": "new", "nat": nat},
        "modelRegistry": {"groups": [{"name": "fraud", "description": "x"}]},
        "servingEndpoints": [{"name": "fraud", "model": HUB, "capacity": REAL_TIME}],
    }
    if refused:
        assert "servingEndpoints[0] downloads" in said(Platform, declared)
    else:
        assert Platform.model_validate(declared).serving_endpoints
