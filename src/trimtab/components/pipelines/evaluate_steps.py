"""The steps that judge what was trained: the evaluation, and the baseline that monitors compare with.

The training image holds an executable `evaluate`, beside `train` and `serve` which SageMaker asks for. It reads
`/opt/ml/processing/model/model.tar.gz` and `/opt/ml/processing/holdout/`, and writes
`/opt/ml/processing/evaluation/evaluation.json`: one flat object, metric → number, `{"auc": 0.93}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trimtab.components.pipelines.plan import JobPlan

MODEL, HOLDOUT, EVALUATION = "/opt/ml/processing/model", "/opt/ml/processing/holdout", "/opt/ml/processing/evaluation"
BASELINE_INPUT, BASELINE_OUTPUT = "/opt/ml/processing/baseline/input", "/opt/ml/processing/baseline/output"
REPORT = "evaluation.json"
CLUSTER = {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 50}
LONGEST_SECONDS = 4 * 3600


def evaluate_step(plan: JobPlan) -> dict[str, Any]:
    """Return the evaluation step; its arguments are those of CreateProcessingJob."""
    artifacts: dict[str, Any] = {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"}
    arguments = {
        **_job(plan),
        "AppSpecification": {"ImageUri": plan.spec.training.image, "ContainerEntrypoint": ["evaluate"]},
        "ProcessingInputs": [
            _input("model", artifacts, MODEL),
            _input("holdout", f"{plan.data_uri}/holdout", HOLDOUT),
        ],
        "ProcessingOutputConfig": _output(plan, "evaluation", evaluation_uri(plan), EVALUATION),
    }
    report = {"PropertyFileName": "Evaluation", "OutputName": "evaluation", "FilePath": REPORT}
    return {"Name": "Evaluate", "Type": "Processing", "Arguments": arguments, "PropertyFiles": [report]}


def baseline_step(plan: JobPlan, image: str) -> dict[str, Any]:
    """Return the step that describes the training data for the data-quality monitor."""
    arguments = {
        **_job(plan),
        "AppSpecification": {"ImageUri": image},
        "Environment": {
            "dataset_format": '{"csv": {"header": true, "output_columns_position": "START"}}',
            "dataset_source": BASELINE_INPUT,
            "output_path": BASELINE_OUTPUT,
            "publish_cloudwatch_metrics": "Disabled",
        },
        "ProcessingInputs": [_input("baseline", f"{plan.data_uri}/train", BASELINE_INPUT)],
        "ProcessingOutputConfig": _output(plan, "baseline", baseline_uri(plan), BASELINE_OUTPUT),
    }
    return {"Name": "Baseline", "Type": "Processing", "Arguments": arguments}


def evaluation_uri(plan: JobPlan) -> dict[str, Any]:
    """Return where an execution's evaluation is written: every execution keeps its own."""
    return _own(f"{plan.output_uri}/evaluations")


def baseline_uri(plan: JobPlan) -> dict[str, Any]:
    """Return where an execution's baseline is written, until its version is deployed."""
    return _own(f"s3://{plan.data_bucket}/{plan.candidates_prefix}")


def _own(uri: str) -> dict[str, Any]:
    return {"Std:Join": {"On": "/", "Values": [uri, {"Get": "Execution.PipelineExecutionId"}]}}


def _job(plan: JobPlan) -> dict[str, Any]:
    volume_key = {"VolumeKmsKeyId": plan.key_arn} if plan.key_arn else {}
    return {
        "RoleArn": plan.role_arn,
        "ProcessingResources": {"ClusterConfig": {**CLUSTER, **volume_key}},
        "StoppingCondition": {"MaxRuntimeInSeconds": LONGEST_SECONDS},
        "NetworkConfig": {
            "EnableInterContainerTrafficEncryption": True,
            "VpcConfig": {"Subnets": list(plan.subnet_ids), "SecurityGroupIds": [plan.security_group_id]},
        },
    }


def _input(name: str, uri: str | dict[str, Any], path: str) -> dict[str, Any]:
    source = {"S3Uri": uri, "LocalPath": path, "S3DataType": "S3Prefix", "S3InputMode": "File"}
    return {"InputName": name, "S3Input": {**source, "S3DataDistributionType": "FullyReplicated"}}


def _output(plan: JobPlan, name: str, uri: dict[str, Any], path: str) -> dict[str, Any]:
    key = {"KmsKeyId": plan.key_arn} if plan.key_arn else {}
    target = {"S3Uri": uri, "LocalPath": path, "S3UploadMode": "EndOfJob"}
    return {"Outputs": [{"OutputName": name, "S3Output": target}], **key}
