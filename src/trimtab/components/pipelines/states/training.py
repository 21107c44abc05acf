"""First chapter: start the pipeline, wait for it, find the version that it registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.pipelines.gate_step import REGISTER
from trimtab.components.pipelines.states.plan import failure

if TYPE_CHECKING:
    from trimtab.components.pipelines.states.plan import MachinePlan, States

POLL_SECONDS = 60


def training_states(plan: MachinePlan, following: str) -> States:
    """Return the states; `$.Version.Arn` is the registered version afterwards."""
    return {
        "StartTraining": plan.task(
            "sagemaker",
            "startPipelineExecution",
            {
                "PipelineName": plan.pipeline_name,
                "PipelineExecutionDescription.$": "States.Format('started by {}', $$.Execution.Id)",
                "ClientRequestToken.$": "States.UUID()",
            },
            ResultPath="$.Pipeline",
            Next="WaitForTraining",
        ),
        "WaitForTraining": {"Type": "Wait", "Seconds": POLL_SECONDS, "Next": "AskTraining"},
        "AskTraining": plan.task(
            "sagemaker",
            "describePipelineExecution",
            {"PipelineExecutionArn.$": "$.Pipeline.PipelineExecutionArn"},
            ResultSelector={"Status.$": "$.PipelineExecutionStatus"},
            ResultPath="$.Training",
            Next="IsTrained",
        ),
        "IsTrained": {
            "Type": "Choice",
            "Choices": [
                {"Variable": "$.Training.Status", "StringEquals": "Succeeded", "Next": "FindVersion"},
                {"Variable": "$.Training.Status", "StringEquals": "Executing", "Next": "WaitForTraining"},
                {"Variable": "$.Training.Status", "StringEquals": "Stopping", "Next": "WaitForTraining"},
            ],
            "Default": "NotTrained",
        },
        "NotTrained": failure("NotTrained", "the pipeline failed, or its evaluation did not keep the bounds"),
        "FindVersion": plan.task(
            "sagemaker",
            "listPipelineExecutionSteps",
            {"PipelineExecutionArn.$": "$.Pipeline.PipelineExecutionArn"},
            ResultSelector={
                "Arns.$": f"$.PipelineExecutionSteps[?(@.StepName == '{REGISTER}')].Metadata.RegisterModel.Arn"
            },
            ResultPath="$.Registered",
            Next="RememberVersion",
        ),
        "RememberVersion": {
            "Type": "Pass",
            "Parameters": {"Arn.$": "States.ArrayGetItem($.Registered.Arns, 0)"},
            "ResultPath": "$.Version",
            "Next": following,
        },
    }
