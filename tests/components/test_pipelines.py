"""Retraining: definitions that AWS's own models accept, and a machine that deploys nothing unapproved."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from botocore.validate import ParamValidator
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser

from tests.components.programs.retraining.parts import ENDPOINT, PIPELINE
from tests.components.single import untagged
from trimtab.components.pipelines.definition import pipeline_definition
from trimtab.components.pipelines.plan import JobPlan
from trimtab.components.pipelines.schedule import scheduler_expression
from trimtab.components.pipelines.states import MachinePlan, state_machine_definition
from trimtab.components.pipelines.states.approval import poll_seconds
from trimtab.spec.pipelines import RetrainingPipeline
from trimtab.spec.serving import ServingEndpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support import LocalCloud, Workspace

PROGRAM = Path(__file__).parent / "programs" / "retraining"
OPERATIONS = {
    "Training": ("sagemaker", "CreateTrainingJob", {"TrainingJobName": "x"}),
    "Processing": ("sagemaker", "CreateProcessingJob", {"ProcessingJobName": "x"}),
    "RegisterModel": ("sagemaker", "CreateModelPackage", {}),
}


def job_plan(**changes: Any) -> JobPlan:
    known: dict[str, Any] = {
        "spec": RetrainingPipeline.model_validate(PIPELINE),
        "group": "acme-dev-fraud",
        "role_arn": "arn:aws:iam::123456789012:role/jobs",
        "data_bucket": "data",
        "model_bucket": "models",
        "subnet_ids": ("subnet-0123456789abcdef0",),
        "security_group_id": "sg-0123456789abcdef0",
        "key_arn": "arn:aws:kms:us-east-1:123456789012:key/1",
        "analyzer_image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/analyzer",
    }
    return JobPlan(**{**known, **changes})


def machine_plan(**changes: Any) -> MachinePlan:
    known: dict[str, Any] = {
        "partition": "aws",
        "spec": RetrainingPipeline.model_validate(PIPELINE),
        "pipeline_name": "acme-dev-retraining",
        "endpoint": ServingEndpoint.model_validate(ENDPOINT),
        "endpoint_name": "acme-dev-fraud",
        "role_arn": "arn:aws:iam::123456789012:role/endpoint",
        "subnet_ids": ("subnet-0123456789abcdef0",),
        "security_group_id": "sg-0123456789abcdef0",
        "rollback_alarm_names": ("acme-dev-fraud-latency",),
        "topic_arn": "arn:aws:sns:us-east-1:123456789012:alarms",
        "data_bucket": "data",
        "baseline_prefix": "monitoring/fraud/candidates",
        "tags": {"Team": "risk"},
    }
    return MachinePlan(**{**known, **changes})


@cache
def service(name: str) -> Any:
    return botocore.session.get_session().get_service_model(name)


def complaints(name: str, operation: str, parameters: dict[str, Any]) -> str:
    """What botocore says of the parameters of a call, by the service's own model."""
    shape = service(name).operation_model(operation).input_shape
    return str(ParamValidator().validate(parameters, shape).generate_report())


def resolved(value: Any) -> Any:
    """Pipeline references as texts: what they will be when the pipeline runs."""
    if isinstance(value, dict):
        if set(value) <= {"Get", "Std:Join", "Std:JsonGet"}:
            return "resolved-when-it-runs"
        return {key: resolved(inner) for key, inner in value.items()}
    return [resolved(inner) for inner in value] if isinstance(value, list) else value


def all_steps(steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for step in steps:
        yield step
        yield from all_steps([*step["Arguments"].get("IfSteps", []), *step["Arguments"].get("ElseSteps", [])])


@pytest.mark.parametrize("spot", [False, True])
def test_each_step_is_a_call_that_sagemaker_takes(*, spot: bool) -> None:
    spec = {**PIPELINE, "training": {**PIPELINE["training"], "spot": spot}}
    definition = pipeline_definition(job_plan(spec=RetrainingPipeline.model_validate(spec)))
    checked = [step for step in all_steps(definition["Steps"]) if step["Type"] in OPERATIONS]
    assert [step["Name"] for step in checked] == ["Train", "Evaluate", "Baseline", "Register"]
    for step in checked:
        name, operation, own = OPERATIONS[step["Type"]]
        assert complaints(name, operation, {**own, **resolved(step["Arguments"])}) == "", step["Name"]


def test_every_reference_names_a_step_that_exists() -> None:
    definition = pipeline_definition(job_plan())
    names = {step["Name"] for step in all_steps(definition["Steps"])}
    text = json.dumps(definition)
    referred = {part.split(".")[0] for part in text.replace('"', " ").split("Steps.")[1:]}
    assert referred == {"Train", "Evaluate"}
    assert referred <= names


def test_only_a_kept_bound_registers_and_never_as_approved() -> None:
    (gate,) = [s for s in pipeline_definition(job_plan())["Steps"] if s["Type"] == "Condition"]
    first, second = gate["Arguments"]["Conditions"]
    assert (first["Type"], first["RightValue"]) == ("GreaterThanOrEqualTo", 0.94)
    assert (second["Type"], second["RightValue"]) == ("LessThanOrEqualTo", 40.0)
    (register,) = gate["Arguments"]["IfSteps"]
    assert register["Arguments"]["ModelApprovalStatus"] == "PendingManualApproval"
    (refuse,) = gate["Arguments"]["ElseSteps"]
    assert refuse["Type"] == "Fail"
    assert "auc >= 0.94" in refuse["Arguments"]["ErrorMessage"]


MACHINES = [
    machine_plan(),
    machine_plan(topic_arn=None, baseline_prefix=None),
    machine_plan(
        security_group_id=None,
        endpoint=ServingEndpoint.model_validate({**ENDPOINT, "capacity": {"form": "serverless"}}),
    ),
]


@pytest.mark.parametrize("plan", MACHINES, ids=["full", "quiet", "serverless"])
def test_the_machine_parses_and_calls_what_exists(plan: MachinePlan) -> None:
    definition = state_machine_definition(plan)
    AmazonStateLanguageParser.parse(json.dumps(definition))
    for name, state in definition["States"].items():
        if state["Type"] == "Task":
            called, action = state["Resource"].split(":aws-sdk:")[1].split(":")
            operation = action[0].upper() + action[1:]
            given = {key.removesuffix(".$"): sample(key, value) for key, value in state["Parameters"].items()}
            assert complaints(called, operation, given) == "", name


def sample(key: str, value: Any) -> Any:
    """A value of the kind that a path or an intrinsic will give."""
    if key == "ProductionVariants.$":
        return [{"VariantName": "primary", "ModelName": "m"}]
    if key == "DataCaptureConfig.$":
        return {
            "InitialSamplingPercentage": 1,
            "DestinationS3Uri": "s3://data/capture",
            "CaptureOptions": [{"CaptureMode": "Input"}],
        }
    if key == "ClientRequestToken.$":
        return "0" * 36
    if isinstance(value, list):
        return [{k.removesuffix(".$"): v for k, v in inner.items()} for inner in value if isinstance(inner, dict)]
    return value


@pytest.mark.parametrize("plan", MACHINES, ids=["full", "quiet", "serverless"])
def test_every_way_to_the_deployment_passes_an_approval(plan: MachinePlan) -> None:
    states = state_machine_definition(plan)["States"]
    assert reachable(states, "StartTraining") == set(states), "no state is left over"
    approved = {
        "Variable": "$.Approval.Status",
        "StringEquals": "Approved",
        "Next": "NameVersion",
    }
    assert approved in states["IsApproved"]["Choices"]
    rest = [choice for choice in states["IsApproved"]["Choices"] if choice != approved]
    without = {**states, "IsApproved": {**states["IsApproved"], "Choices": rest}}
    assert "Deploy" not in reachable(without, "StartTraining")


def reachable(states: dict[str, Any], start: str) -> set[str]:
    seen: set[str] = set()
    queue = [start]
    while queue:
        name = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        state = states[name]
        queue += [state[key] for key in ("Next", "Default") if key in state]
        queue += [choice["Next"] for choice in state.get("Choices", [])]
    return seen


@pytest.mark.parametrize(("timeout", "seconds"), [(60, 60), (3600, 60), (604_800, 864), (31_536_000, 45_052)])
def test_waiting_for_a_person_fits_an_execution(timeout: int, seconds: int) -> None:
    assert poll_seconds(timeout) == seconds
    assert timeout / seconds * 10 < 25_000, "Step Functions ends an execution at 25,000 events"


@pytest.mark.parametrize(
    ("cron", "expression"),
    [
        ("0 3 * * *", "cron(0 3 * * ? *)"),
        ("0 3 * * 1-5", "cron(0 3 ? * MON-FRI *)"),
        ("0 3 1 * *", "cron(0 3 1 * ? *)"),
        ("30 2 * * 0,6", "cron(30 2 ? * SUN,SAT *)"),
        ("0 3 * * 7", "cron(0 3 ? * SUN *)"),
    ],
)
def test_five_fields_become_six(cron: str, expression: str) -> None:
    assert scheduler_expression(cron) == expression


@pytest.mark.engine
def test_a_pipeline_stands_alone(make_workspace: Callable[..., Workspace], local_cloud: LocalCloud) -> None:
    workspace = make_workspace(PROGRAM)
    result = workspace.up()
    assert untagged(result) == []
    workspace.preview(flags=["--expect-no-changes"])
    machine = local_cloud.client("stepfunctions").describe_state_machine(stateMachineArn=result.outputs["machine"])
    assert machine["loggingConfiguration"]["level"] == "ALL"
    assert json.loads(machine["definition"])["StartAt"] == "StartTraining"
    pipeline = local_cloud.client("sagemaker").describe_pipeline(PipelineName="acme-dev-retraining")
    assert json.loads(pipeline["PipelineDefinition"])["Version"] == "2020-12-01"
    schedule = local_cloud.client("scheduler").get_schedule(Name="acme-dev-retraining")
    assert schedule["ScheduleExpression"] == "cron(0 3 ? * MON *)"
    assert schedule["Target"]["Arn"] == result.outputs["machine"]
    (alarm,) = result.of_type("aws:cloudwatch/metricAlarm:MetricAlarm")
    assert alarm.inputs["dimensions"] == {"StateMachineArn": result.outputs["machine"]}
    machine_policy = next(
        json.loads(r.inputs["policy"])
        for r in result.of_type("aws:iam/rolePolicy:RolePolicy")
        if r.name.endswith("machine")
    )
    update = next(s for s in machine_policy["Statement"] if "sagemaker:UpdateEndpoint" in s["Action"])
    assert update["Resource"][0].endswith(":endpoint/acme-dev-fraud")
    assert workspace.destroy().resources == []


@pytest.mark.parametrize("risk", ["limited", "high"])
def test_what_is_deployed_says_the_risk_of_its_endpoint(risk: str) -> None:
    endpoint = ServingEndpoint.model_validate({**ENDPOINT, "euAiActRisk": risk})
    states = json.dumps(state_machine_definition(machine_plan(endpoint=endpoint)))
    said = json.dumps([{"Key": "EuAiActRisk", "Value": risk}, {"Key": "Team", "Value": "risk"}])
    assert states.count(f'"Tags": {said}') == 2, "its model and its configuration"
