"""Who watches which model, and who reviews whose answers: followed through what each resource names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from trimtab.rules import kinds
from trimtab.rules import tokens as t
from trimtab.rules.examples import resource
from trimtab.rules.values import Opaque

from .edges import ENDPOINT, policy, run, schedule, trail

if TYPE_CHECKING:
    from trimtab.rules.resource import Resource

FRAUD = resource(kinds.INFERENCE_SERVICE, "fraud", metadata={"name": "fraud", "namespace": "ml"})
VOLUME = {"name": "files", "configMap": {"name": "models"}}


def monitor(container: dict[str, Any] | None = None, **pod: Any) -> Resource:
    spec = {"containers": [{"name": "drift", "image": "check", **(container or {})}], **pod}
    return resource(t.DEPLOYMENT, "watch", metadata={"namespace": "ops"}, spec={"template": {"spec": spec}})


def settings(data: Any, namespace: str = "ops") -> Resource:
    return resource(kinds.CONFIG_MAP, "models", metadata={"name": "models", "namespace": namespace}, data=data)


def alert(expr: str) -> Resource:
    return resource(kinds.PROMETHEUS_RULE, "r", spec={"groups": [{"rules": [{"expr": expr}]}]})


NAMED = {"config.json": json.dumps({"models": [{"model": "fraud"}]})}
KUBERNETES: list[tuple[str, tuple[Resource, ...], str]] = [
    ("mounted settings", (monitor(volumes=[VOLUME]), settings(NAMED)), ""),
    ("settings in YAML", (monitor(volumes=[VOLUME]), settings({"a.yaml": "models:\n- fraud\n"})), ""),
    (
        "environment of a map",
        (monitor({"envFrom": [{"configMapRef": {"name": "models"}}]}), settings({"M": "fraud"})),
        "",
    ),
    ("argument", (monitor({"args": ["--model=fraud"]}),), ""),
    ("namespace and name", (monitor({"env": [{"name": "MODEL", "value": "ml/fraud"}]}),), ""),
    ("alert", (alert('max(model_drift_share{model=~"fraud|intent"}) > 0.3'),), ""),
    ("settings that nobody reads", (monitor(), settings(NAMED)), "told to watch fraud"),
    ("settings of another namespace", (monitor(volumes=[VOLUME]), settings(NAMED, "ml")), "told to watch fraud"),
    ("longer name", (monitor({"args": ["--model=fraud-2"]}),), "told to watch fraud"),
    ("key", (monitor(volumes=[VOLUME]), settings({"a.json": '{"fraud": false}'})), "told to watch fraud"),
    ("no monitor", (monitor({"name": "web", "args": ["fraud"]}),), "told to watch fraud"),
    ("alert on something else", (alert('requests_total{model="fraud"} > 0'),), "told to watch fraud"),
    ("hidden settings", (monitor(volumes=[VOLUME]), settings(Opaque.UNKNOWN)), "unknown until update"),
]


@pytest.mark.parametrize(("resources", "said"), [it[1:] for it in KUBERNETES], ids=[it[0] for it in KUBERNETES])
def test_a_drift_monitor_watches_what_it_is_told_to(resources: tuple[Resource, ...], said: str) -> None:
    found = [it.message for it in run("kubernetes-drift-monitor", FRAUD, *resources)]
    assert all(said in message for message in found)
    assert bool(found) == bool(said)


def quality_job(endpoint: str) -> Resource:
    state = {"JobDefinitionName": "quality", "ModelQualityJobInput": {"EndpointInput": {"EndpointName": endpoint}}}
    kind = "AWS::SageMaker::ModelQualityJobDefinition"
    return resource(t.CLOUD_CONTROL, "q", typeName=kind, desiredState=json.dumps(state))


@pytest.mark.parametrize(("job", "endpoint", "found"), [("quality", "e", 0), ("other", "e", 1), ("quality", "x", 1)])
def test_a_schedule_watches_through_a_job_of_cloud_control(job: str, endpoint: str, found: int) -> None:
    planned = schedule(monitoringJobDefinitionName=job, monitoringType="ModelQuality")
    assert len(run("endpoint-drift-monitor", ENDPOINT, planned, quality_job(endpoint))) == found


HIGH = resource(t.SAGEMAKER_ENDPOINT, "e", name="e", tags={"EuAiActRisk": "High"})
FLOW = resource(t.FLOW_DEFINITION, "f", arn="arn:aws:sagemaker:r:1:flow-definition/f")
ROLE = resource(t.IAM_ROLE, "app", name="app")


def may(*actions: str, where: str = "*") -> Resource:
    return resource(
        "aws:iam/rolePolicy:RolePolicy",
        "app",
        role="app",
        policy=policy({"Effect": "Allow", "Action": list(actions), "Resource": where}),
    )


ASKS = ("sagemaker:InvokeEndpoint", "sagemaker:StartHumanLoop")
REVIEWS: list[tuple[str, tuple[Resource, ...], str]] = [
    ("tag of the flow", (resource(t.FLOW_DEFINITION, "f", tags={"Endpoint": "e"}),), ""),
    ("role that asks both", (FLOW, ROLE, may(*ASKS)), ""),
    ("flow of another endpoint", (resource(t.FLOW_DEFINITION, "f", tags={"Endpoint": "x"}),), "nobody reviews"),
    ("role that asks the model only", (FLOW, ROLE, may(ASKS[0])), "nobody reviews"),
    (
        "role of another flow",
        (FLOW, ROLE, may(*ASKS, where="arn:aws:sagemaker:r:1:flow-definition/x")),
        "nobody reviews",
    ),
    ("no flow", (), "nobody reviews"),
    ("hidden tags", (resource(t.FLOW_DEFINITION, "f", tags={"Endpoint": Opaque.UNKNOWN}),), "unknown until update"),
]


def served(kind: str, *, annotation: object = None, **labels: object) -> Resource:
    known = {"trimtab.dev/human-review": annotation} if annotation else {}
    return resource(kind, "m", metadata={"name": "m", "labels": labels, "annotations": known})


RISK, MODEL = "trimtab.dev/eu-ai-act-risk", "trimtab.dev/model"
RISKY: list[tuple[str, Resource, tuple[Resource, ...], str]] = [
    ("KServe without review", served(kinds.INFERENCE_SERVICE, **{RISK: "high"}), (), "nobody reviews"),
    ("Ray without review", served(kinds.RAY_SERVICE, **{RISK: "High"}), (), "nobody reviews"),
    ("vLLM without review", served(t.DEPLOYMENT, **{RISK: "high", MODEL: "m"}), (FLOW,), "nobody reviews"),
    ("named flow", served(kinds.INFERENCE_SERVICE, annotation="arn:aws:sagemaker:f", **{RISK: "high"}), (), ""),
    (
        "tag of the flow",
        served(t.DEPLOYMENT, **{RISK: "high", MODEL: "m"}),
        (resource(t.FLOW_DEFINITION, "f", tags={"Endpoint": "m"}),),
        "",
    ),
    ("no model", served(t.DEPLOYMENT, **{RISK: "high"}), (), ""),
    ("limited risk", served(kinds.RAY_SERVICE, **{RISK: "limited"}), (), ""),
    (
        "hidden annotation",
        served(kinds.RAY_SERVICE, annotation=Opaque.UNKNOWN, **{RISK: "high"}),
        (),
        "unknown until update",
    ),
    ("hidden risk", served(kinds.RAY_SERVICE, **{RISK: Opaque.UNKNOWN}), (), "unknown until update"),
]


@pytest.mark.parametrize(("model", "others", "said"), [it[1:] for it in RISKY], ids=[it[0] for it in RISKY])
def test_a_high_risk_model_of_the_cluster_has_people_who_review_it(
    model: Resource, others: tuple[Resource, ...], said: str
) -> None:
    found = [it.message for it in run("high-risk-human-review", model, *others)]
    assert all(said in message for message in found)
    assert bool(found) == bool(said)


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (served(kinds.INFERENCE_SERVICE), f"has no label {RISK}"),
        (served(kinds.RAY_SERVICE, **{RISK: "grave"}), f"label {RISK} is grave, none of minimal, limited, high"),
        (served(t.DEPLOYMENT, **{MODEL: "m"}), f"has no label {RISK}"),
        (served(t.DEPLOYMENT), ""),
        (served(kinds.RAY_SERVICE, **{RISK: "minimal"}), ""),
    ],
)
def test_what_a_cluster_serves_says_its_risk(model: Resource, said: str) -> None:
    assert [it.message for it in run("endpoint-risk-class", model)] == ([said] if said else [])


@pytest.mark.parametrize(("resources", "said"), [it[1:] for it in REVIEWS], ids=[it[0] for it in REVIEWS])
def test_a_high_risk_endpoint_has_people_who_review_it(resources: tuple[Resource, ...], said: str) -> None:
    found = [it.message for it in run("high-risk-human-review", HIGH, *resources)]
    assert all(said in message for message in found)
    assert bool(found) == bool(said)


def test_a_package_without_a_number_is_no_version() -> None:
    model = resource(t.SAGEMAKER_MODEL, "m", name="m", primaryContainer={"modelPackageName": "fraud"})
    config = resource(t.SAGEMAKER_ENDPOINT_CONFIG, "c", name="c", productionVariants=[{"modelName": "m"}])
    (found,) = run("served-package-approved", ENDPOINT, config, model)
    assert "names no version" in found.message


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ({}, 0),
        ({"eventSelectors": [{"readWriteType": "ReadOnly"}]}, 1),
        ({"eventSelectors": [{"includeManagementEvents": False}]}, 1),
        ({"eventSelectors": [{"readWriteType": "WriteOnly"}]}, 0),
    ],
)
def test_a_registry_is_recorded_by_management_events(declared: dict[str, Any], found: int) -> None:
    group = resource(t.SAGEMAKER_PACKAGE_GROUP, "g", modelPackageGroupName="g")
    assert len(run("trail-covers-registries", group, trail(**declared))) == found
