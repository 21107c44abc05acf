"""Model quality: were the predictions right, now that the labels are known?

`pulumi_aws` has no resource for a model-quality job definition, so it is declared through AWS Cloud Control, which
has: the same engine, the same state, the same diff. The schedule above it is the ordinary one.
Properties: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-modelqualityjobdefinition.html
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from trimtab.components.json_text import json_text
from trimtab.components.monitoring.jobs import INPUT, LONGEST_RUN_SECONDS, OUTPUT

if TYPE_CHECKING:
    from trimtab.components.monitoring.jobs import MonitorPlan

TYPE = "AWS::SageMaker::ModelQualityJobDefinition"
LONGEST_NAME, DIGITS = 63, 8
LABELS_LATE = "-PT1H"
"""Labels are joined with the answers of the hours before the last one: they come later than the answers."""


def model_quality(plan: MonitorPlan) -> aws.sagemaker.MonitoringSchedule | None:
    """Declare the job definition and its schedule; None where nobody writes labels."""
    if plan.monitor.ground_truth_prefix is None:
        return None
    definition = aws.cloudcontrol.Resource(
        f"{plan.label}-model-job",
        type_name=TYPE,
        desired_state=json_text(_desired(plan, plan.monitor.ground_truth_prefix)).apply(
            lambda state: _named(plan, state)
        ),
        opts=plan.component.child(),
    )
    name = definition.desired_state.apply(lambda state: str(json.loads(state)["JobDefinitionName"]))
    return plan.schedule("model", "ModelQuality", name)


def _named(plan: MonitorPlan, state: str) -> str:
    """Name the definition after its contents: it cannot change, and the next one must stand before it goes."""
    digest = hashlib.sha256(state.encode()).hexdigest()[:DIGITS]
    stem = f"{plan.component.context.prefix}-{plan.monitor.endpoint}"[: LONGEST_NAME - DIGITS - 1]
    return json.dumps({"JobDefinitionName": f"{stem}-{digest}", **json.loads(state)})


def _desired(plan: MonitorPlan, labels: str) -> dict[str, Any]:
    monitor, key = plan.monitor, plan.key_arn
    start = f"-PT{monitor.hours_between_runs + 1}H"
    return {
        "RoleArn": plan.role_arn,
        "ModelQualityAppSpecification": {
            "ImageUri": plan.image,
            "ProblemType": monitor.problem_type,
            "Environment": {"publish_cloudwatch_metrics": "Enabled"},
        },
        "ModelQualityBaselineConfig": {
            "ConstraintsResource": {"S3Uri": plan.uri("baseline", "model-quality-constraints.json")}
        },
        "ModelQualityJobInput": {
            "EndpointInput": {
                "EndpointName": plan.endpoint["endpoint_name"],
                "LocalPath": INPUT,
                "StartTimeOffset": start,
                "EndTimeOffset": LABELS_LATE,
                **_prediction(monitor.problem_type, monitor.prediction_attribute),
            },
            "GroundTruthS3Input": {"S3Uri": pulumi.Output.concat("s3://", plan.bucket, "/", labels)},
        },
        "ModelQualityJobOutputConfig": {
            **({"KmsKeyId": key} if key is not None else {}),
            "MonitoringOutputs": [
                {"S3Output": {"S3Uri": plan.uri("model-quality"), "LocalPath": OUTPUT, "S3UploadMode": "EndOfJob"}}
            ],
        },
        "JobResources": {
            "ClusterConfig": {
                "InstanceCount": 1,
                "InstanceType": monitor.instance_type,
                "VolumeSizeInGB": monitor.volume_gib,
                **({"VolumeKmsKeyId": key} if key is not None else {}),
            }
        },
        "NetworkConfig": {
            "EnableInterContainerTrafficEncryption": True,
            "VpcConfig": {"SecurityGroupIds": [plan.security_group_id], "Subnets": plan.subnet_ids},
        },
        "StoppingCondition": {"MaxRuntimeInSeconds": LONGEST_RUN_SECONDS},
        "Tags": [{"Key": key_, "Value": value} for key_, value in sorted(plan.component.tags().items())],
    }


def _prediction(problem: str, attribute: str) -> dict[str, Any]:
    """Name the prediction in the answer: a probability for two classes, which 0.5 tells apart; else the value."""
    if problem == "BinaryClassification":
        return {"ProbabilityAttribute": attribute, "ProbabilityThresholdAttribute": 0.5}
    return {"InferenceAttribute": attribute}
