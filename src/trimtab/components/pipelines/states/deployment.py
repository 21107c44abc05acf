"""Third chapter: put the approved version behind the endpoint, watch it take over, keep its baseline.

The new configuration is the serving one with another model, so that what the declaration sizes (instance type,
counts, capture) stays. Until the declaration names the new version too, the next `pulumi up` that changes the
endpoint's configuration puts the declared one back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.pipelines.states.endpoint_update import update_parameters
from trimtab.components.pipelines.states.plan import failure, tell
from trimtab.components.serving_endpoint import takes_volume_key
from trimtab.spec.serving_capacity import Asynchronous

if TYPE_CHECKING:
    from trimtab.components.pipelines.states.plan import MachinePlan, State, States

POLL_SECONDS = 60
LONGEST_NAME, UUID_LENGTH = 63, 36
_MOVING = ("Creating", "Updating", "SystemUpdating", "RollingBack")


def deployment_states(plan: MachinePlan) -> States:
    """Return the states; they end the execution."""
    return {
        "NameVersion": _name(plan),
        "CreateModel": plan.task("sagemaker", "createModel", _model(plan), ResultPath="$.Model", Next="AskServing"),
        "AskServing": _describe(plan, "$.Serving", "AskConfiguration"),
        "AskConfiguration": plan.task(
            "sagemaker",
            "describeEndpointConfig",
            {"EndpointConfigName.$": "$.Serving.ConfigName"},
            ResultSelector=_kept(plan),
            ResultPath="$.Config",
            Next="CreateConfiguration",
        ),
        "CreateConfiguration": plan.task(
            "sagemaker", "createEndpointConfig", _configuration(plan), ResultPath="$.Created", Next="Deploy"
        ),
        "Deploy": plan.task(
            "sagemaker", "updateEndpoint", update_parameters(plan), ResultPath="$.Update", Next="WaitForDeployment"
        ),
        "WaitForDeployment": {"Type": "Wait", "Seconds": POLL_SECONDS, "Next": "AskDeployment"},
        "AskDeployment": _describe(plan, "$.Deployed", "IsDeployed"),
        "IsDeployed": _verify("KeepStatistics" if plan.baseline_prefix else "Announce"),
        "RolledBack": failure("RolledBack", "an alarm sent the deployment back; the former version serves"),
        **_keep_baseline(plan),
        "Announce": tell(
            plan,
            f"{plan.spec.name}: a new version serves",
            f"States.Format('{{}} serves behind {plan.endpoint_name}. Name it in the declaration as well.', "
            "$.Version.Arn)",
            "Done",
        ),
        "Done": {"Type": "Succeed"},
    }


def _name(plan: MachinePlan) -> State:
    stem = plan.endpoint_name[: LONGEST_NAME - UUID_LENGTH - 1].rstrip("-")
    name = f"States.Format('{stem}-{{}}', States.UUID())"
    return {"Type": "Pass", "Parameters": {"ModelName.$": name}, "ResultPath": "$.Next", "Next": "CreateModel"}


def _model(plan: MachinePlan) -> State:
    isolated = plan.security_group_id is not None
    network: dict[str, Any] = {
        "VpcConfig": {"SecurityGroupIds": [plan.security_group_id], "Subnets": list(plan.subnet_ids)},
        "EnableNetworkIsolation": True,
    }
    return {
        "ModelName.$": "$.Next.ModelName",
        "ExecutionRoleArn": plan.role_arn,
        "Containers": [{"ModelPackageName.$": "$.Version.Arn"}],
        "Tags": plan.deployed_tags(),
        **(network if isolated else {}),
    }


def _describe(plan: MachinePlan, path: str, following: str) -> State:
    return plan.task(
        "sagemaker",
        "describeEndpoint",
        {"EndpointName": plan.endpoint_name},
        ResultSelector={"Status.$": "$.EndpointStatus", "ConfigName.$": "$.EndpointConfigName"},
        ResultPath=path,
        Next=following,
    )


def _optional(plan: MachinePlan) -> list[str]:
    """Parts of a configuration that the endpoint has: naming one that it has not would fail the execution."""
    given = {
        "DataCaptureConfig": plan.endpoint.data_capture is not None,
        "KmsKeyId": takes_volume_key(plan.endpoint.capacity),
        "AsyncInferenceConfig": isinstance(plan.endpoint.capacity, Asynchronous),
    }
    return [name for name, has in given.items() if has]


def _kept(plan: MachinePlan) -> State:
    return {"Variant.$": "$.ProductionVariants[0]", **{f"{name}.$": f"$.{name}" for name in _optional(plan)}}


def _configuration(plan: MachinePlan) -> State:
    return {
        "EndpointConfigName.$": "$.Next.ModelName",
        "ProductionVariants.$": "States.Array(States.JsonMerge($.Config.Variant, $.Next, false))",
        "Tags": plan.deployed_tags(),
        **{f"{name}.$": f"$.Config.{name}" for name in _optional(plan)},
    }


def _verify(following: str) -> State:
    serves = [
        {"Variable": "$.Deployed.Status", "StringEquals": "InService"},
        {"Variable": "$.Deployed.ConfigName", "StringEqualsPath": "$.Next.ModelName"},
    ]
    waiting = [
        {"Variable": "$.Deployed.Status", "StringEquals": status, "Next": "WaitForDeployment"} for status in _MOVING
    ]
    return {"Type": "Choice", "Choices": [{"And": serves, "Next": following}, *waiting], "Default": "RolledBack"}


def _keep_baseline(plan: MachinePlan) -> States:
    """Return the states that make the version's baseline the one that monitors compare with."""
    if plan.baseline_prefix is None:
        return {}
    return {
        "KeepStatistics": _copy(plan, "statistics.json", "KeepConstraints"),
        "KeepConstraints": _copy(plan, "constraints.json", "Announce"),
    }


def _copy(plan: MachinePlan, file: str, following: str) -> State:
    # …:pipeline/NAME/execution/ID
    run = "States.ArrayGetItem(States.StringSplit($.Pipeline.PipelineExecutionArn, '/'), 3)"
    source = f"States.Format('{plan.data_bucket}/{plan.baseline_prefix}/{{}}/{file}', {run})"
    target = f"monitoring/{plan.endpoint.name}/baseline/{file}"
    return plan.task(
        "s3",
        "copyObject",
        {"Bucket": plan.data_bucket, "Key": target, "CopySource.$": source},
        ResultPath=None,
        Next=following,
    )
