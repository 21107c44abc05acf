"""The gate: a version is registered only where its evaluation keeps every bound; a person approves it later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.pipelines.evaluate_steps import REPORT, evaluation_uri

if TYPE_CHECKING:
    from trimtab.components.pipelines.plan import JobPlan
    from trimtab.spec.pipelines import Gate

REGISTER = "Register"
_OPERATORS = {"at-least": "GreaterThanOrEqualTo", "at-most": "LessThanOrEqualTo"}
_SIGNS = {"at-least": ">=", "at-most": "<="}
CONTENT_TYPES = ["text/csv", "application/json"]


def gate_step(plan: JobPlan) -> dict[str, Any]:
    """Return the condition with what follows it: the registration, or a failure that names the bounds."""
    return {
        "Name": "Gate",
        "Type": "Condition",
        "Arguments": {
            "Conditions": [_condition(gate) for gate in plan.spec.gates],
            "IfSteps": [_register(plan)],
            "ElseSteps": [_refuse(plan)],
        },
    }


def bounds(plan: JobPlan) -> str:
    """Return the gates as a person writes them: `auc >= 0.9, p99_latency_ms <= 40`."""
    return ", ".join(f"{gate.metric} {_SIGNS[gate.comparison]} {gate.value:g}" for gate in plan.spec.gates)


def _condition(gate: Gate) -> dict[str, Any]:
    metric = {"Std:JsonGet": {"PropertyFile": {"Get": "Steps.Evaluate.PropertyFiles.Evaluation"}, "Path": gate.metric}}
    return {"Type": _OPERATORS[gate.comparison], "LeftValue": metric, "RightValue": gate.value}


def _register(plan: JobPlan) -> dict[str, Any]:
    """Return the registration; its arguments are those of CreateModelPackage."""
    artifacts = {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"}
    report = {"Std:Join": {"On": "/", "Values": [evaluation_uri(plan), REPORT]}}
    return {
        "Name": REGISTER,
        "Type": "RegisterModel",
        "Arguments": {
            "ModelPackageGroupName": plan.group,
            "ModelApprovalStatus": "PendingManualApproval",
            "InferenceSpecification": {
                "Containers": [{"Image": plan.spec.training.image, "ModelDataUrl": artifacts}],
                "SupportedContentTypes": CONTENT_TYPES,
                "SupportedResponseMIMETypes": CONTENT_TYPES,
            },
            "ModelMetrics": {"ModelQuality": {"Statistics": {"ContentType": "application/json", "S3Uri": report}}},
            # What an audit asks first: from which data, by which run, under which bounds.
            "CustomerMetadataProperties": {
                "DataVersion": {"Get": "Parameters.DataVersion"},
                "DataUri": plan.data_uri,
                "PipelineExecution": {"Get": "Execution.PipelineExecutionArn"},
                "Gates": bounds(plan),
            },
        },
    }


def _refuse(plan: JobPlan) -> dict[str, Any]:
    return {
        "Name": "Refuse",
        "Type": "Fail",
        "Arguments": {"ErrorMessage": f"the evaluation does not keep its bounds: {bounds(plan)}"},
    }
