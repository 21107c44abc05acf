"""The training step of the SageMaker pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trimtab.components.pipelines.plan import JobPlan

SPOT_PATIENCE = 2
"""A spot job may wait for capacity as long as it may run."""


def train_step(plan: JobPlan) -> dict[str, Any]:
    """Return the step; its arguments are those of CreateTrainingJob."""
    training = plan.spec.training
    arguments: dict[str, Any] = {
        "AlgorithmSpecification": {"TrainingImage": training.image, "TrainingInputMode": "File"},
        "RoleArn": plan.role_arn,
        "InputDataConfig": [_channel("train", f"{plan.data_uri}/train")],
        "OutputDataConfig": {"S3OutputPath": plan.output_uri, **_key(plan, "KmsKeyId")},
        "ResourceConfig": {
            "InstanceCount": training.instances,
            "InstanceType": training.instance_type,
            "VolumeSizeInGB": training.volume_gib,
            **_key(plan, "VolumeKmsKeyId"),
        },
        "StoppingCondition": {"MaxRuntimeInSeconds": training.max_runtime_seconds},
        "VpcConfig": {"Subnets": list(plan.subnet_ids), "SecurityGroupIds": [plan.security_group_id]},
        "EnableNetworkIsolation": True,
        "EnableInterContainerTrafficEncryption": training.instances > 1,
        "HyperParameters": {"data_version": {"Get": "Parameters.DataVersion"}},
    }
    return {"Name": "Train", "Type": "Training", "Arguments": {**arguments, **_spot(plan)}}


def _channel(name: str, uri: str) -> dict[str, Any]:
    source = {"S3DataType": "S3Prefix", "S3Uri": uri, "S3DataDistributionType": "FullyReplicated"}
    return {"ChannelName": name, "DataSource": {"S3DataSource": source}}


def _key(plan: JobPlan, name: str) -> dict[str, str]:
    return {name: plan.key_arn} if plan.key_arn else {}


def _spot(plan: JobPlan) -> dict[str, Any]:
    training = plan.spec.training
    if not training.spot:
        return {}
    return {
        "EnableManagedSpotTraining": True,
        "CheckpointConfig": {"S3Uri": f"{plan.output_uri}/checkpoints"},
        "StoppingCondition": {
            "MaxRuntimeInSeconds": training.max_runtime_seconds,
            "MaxWaitTimeInSeconds": SPOT_PATIENCE * training.max_runtime_seconds,
        },
    }
