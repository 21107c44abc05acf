"""What the state machine may do: run one pipeline, read one model group, change one endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from trimtab.components.roles import service_role, use_key
from trimtab.components.statements import allow, under

if TYPE_CHECKING:
    import pulumi_aws as aws

    from trimtab.components.base import Component
    from trimtab.components.pipelines.args import RetrainingPipelineArgs
    from trimtab.components.place import Place

# Step Functions delivers logs through CloudWatch Logs' vended-log API, which names no resource
# (https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html); X-Ray has none either.
_LOGGING = [
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
]
_TRACING = ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"]


def machine_role(
    component: Component,
    args: RetrainingPipelineArgs,
    place: Place,
    *,
    pipeline: aws.sagemaker.Pipeline,
    group: pulumi.Input[str],
) -> aws.iam.Role:
    """Return the role of the state machine."""
    return service_role(
        component,
        "machine",
        service="states.amazonaws.com",
        grants=[
            *_training(pipeline),
            *_deployment(args, place, group),
            *_notices(args, place),
            *_baselines(args, place),
            allow("DeliverLogs", _LOGGING, ["*"]),
            allow("Trace", _TRACING, ["*"]),
        ],
        place=place,
    )


def _training(pipeline: aws.sagemaker.Pipeline) -> list[dict[str, Any]]:
    look = ["sagemaker:DescribePipelineExecution", "sagemaker:ListPipelineExecutionSteps"]
    return [
        allow("StartThePipeline", ["sagemaker:StartPipelineExecution"], [pipeline.arn]),
        allow("FollowTheExecution", look, [under(pipeline.arn, "execution/*")]),
    ]


def _deployment(args: RetrainingPipelineArgs, place: Place, group: pulumi.Input[str]) -> list[dict[str, Any]]:
    target = args["target"]
    packages = place.arn("sagemaker", pulumi.Output.concat("model-package/", group, "/*"))
    # The new model and configuration are named after the endpoint; a configuration's present name is Pulumi's.
    stem = pulumi.Output.from_input(target["endpoint_name"]).apply(lambda name: name[:26].rstrip("-"))
    models = place.arn("sagemaker", pulumi.Output.concat("model/", stem, "-*"))
    configs = place.arn("sagemaker", pulumi.Output.concat("endpoint-config/", stem, "-*"))
    return [
        allow("ReadVersions", ["sagemaker:DescribeModelPackage"], [packages]),
        allow("MakeModels", ["sagemaker:CreateModel", "sagemaker:AddTags"], [models, packages]),
        allow("MakeConfigurations", ["sagemaker:CreateEndpointConfig", "sagemaker:AddTags"], [configs]),
        allow(
            "ReadConfigurations", ["sagemaker:DescribeEndpointConfig"], [place.arn("sagemaker", "endpoint-config/*")]
        ),
        allow(
            "DeployToOneEndpoint",
            ["sagemaker:DescribeEndpoint", "sagemaker:UpdateEndpoint"],
            [target["endpoint_arn"], configs],
        ),
        allow(
            "PassTheEndpointsRole",
            ["iam:PassRole"],
            [target["role_arn"]],
            conditions={"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
        ),
    ]


def _notices(args: RetrainingPipelineArgs, place: Place) -> list[dict[str, Any]]:
    if "notice_topic_arn" not in args:
        return []
    grants = [allow("TellPeople", ["sns:Publish"], [args["notice_topic_arn"]])]
    if "notice_key_arn" in args:
        through = {"StringEquals": {"kms:ViaService": pulumi.Output.format("sns.{}.amazonaws.com", place.region)}}
        grants.append(use_key("Notices", args["notice_key_arn"], via=through))
    return grants


def _baselines(args: RetrainingPipelineArgs, place: Place) -> list[dict[str, Any]]:
    target = args["target"]
    if not target["monitored"]:
        return []
    prefix = f"monitoring/{target['spec'].name}"
    bucket = pulumi.Output.format("arn:{}:s3:::{}", place.partition, args["data_bucket"])
    grants = [
        allow("ReadCandidateBaselines", ["s3:GetObject"], [under(bucket, f"{prefix}/candidates/*")]),
        allow("KeepBaselines", ["s3:PutObject"], [under(bucket, f"{prefix}/baseline/*")]),
    ]
    if "kms_key_arn" in args:
        through = {"StringEquals": {"kms:ViaService": pulumi.Output.format("s3.{}.amazonaws.com", place.region)}}
        grants.append(use_key("Baselines", args["kms_key_arn"], via=through))
    return grants
