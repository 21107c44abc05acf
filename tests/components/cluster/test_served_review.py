"""What the cluster serves says its risk class and who reviews its answers, whichever way it is served."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tests.components.cluster.served import CANARY, RAY, SERVED, VLLM
from trimtab.components.model_server import ModelServer
from trimtab.render.objects import objects_of
from trimtab.render.program import Settings, run
from trimtab.spec.cluster.serving import ClusterServing
from trimtab.spec.owner import Context

FLOW = "arn:aws:sagemaker:eu-west-1:123456789012:flow-definition/claims"
RISK, REVIEW = "trimtab.dev/eu-ai-act-risk", "trimtab.dev/human-review"
CONTEXT = Context.model_validate(
    {
        "platform": "acme",
        "environment": "dev",
        "owner": {"team": "claims", "costCenter": "CC-1", "contact": "claims@acme.example"},
    }
)
KINDS = {"vllm": "Deployment", "kserve": "InferenceService", "ray": "RayService"}


def declared(form: dict[str, Any], **fields: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What serves, and the statements of the policies that its pods' role has."""
    read: Any = TypeAdapter(ClusterServing).validate_python({**form, **fields})
    recorded, _ = run(
        lambda: ModelServer("served", {"context": CONTEXT, "namespace": "team", "spec": read, "cluster_name": "ml"}),
        Settings(config={"aws:region": "eu-west-1"}),
    )
    (serves,) = [one.document for one in objects_of(recorded)[0] if one.kind == KINDS[read.form]]
    policies = [one.inputs["policy"] for one in recorded if one.type == "aws:iam/rolePolicy:RolePolicy"]
    return serves, [statement for text in policies for statement in json.loads(text)["Statement"]]


@pytest.mark.parametrize("name", SERVED)
def test_every_form_says_its_risk_and_its_reviewers(name: str) -> None:
    review = {"flowArn": FLOW}
    serves, allowed = declared(SERVED[name], euAiActRisk="high", humanReview=review)
    assert serves["metadata"]["labels"][RISK] == "high"
    assert serves["metadata"]["annotations"][REVIEW] == FLOW
    assert [(it["Action"], it["Resource"]) for it in allowed] == [("sagemaker:StartHumanLoop", FLOW)]


def test_without_reviewers_the_pods_have_no_role() -> None:
    serves, allowed = declared(VLLM)
    assert serves["metadata"]["labels"][RISK] == "limited"
    assert REVIEW not in serves["metadata"]["annotations"]
    assert not allowed


@pytest.mark.parametrize("form", [CANARY, RAY], ids=["kserve", "ray"])
def test_a_server_s_own_code_finds_its_reviewers(form: dict[str, Any]) -> None:
    serves, _ = declared(form, humanReview={"flowArn": FLOW})
    assert json.dumps({"name": "HUMAN_REVIEW_FLOW_ARN", "value": FLOW}) in json.dumps(serves)


@pytest.mark.parametrize("arn", ["claims", FLOW.replace("flow-definition", "workteam"), f"{FLOW}_x"])
def test_another_arn_is_refused(arn: str) -> None:
    with pytest.raises(ValidationError, match="flowArn"):
        TypeAdapter(ClusterServing).validate_python({**VLLM, "humanReview": {"flowArn": arn}})
