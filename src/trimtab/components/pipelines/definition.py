"""The SageMaker pipeline's definition: train, evaluate, describe the data, gate, register.

The format is the JSON of CreatePipeline (https://aws-sagemaker-mlops.github.io, version 2020-12-01).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.pipelines.evaluate_steps import baseline_step, evaluate_step
from trimtab.components.pipelines.gate_step import gate_step
from trimtab.components.pipelines.train_step import train_step

if TYPE_CHECKING:
    from trimtab.components.pipelines.plan import JobPlan

VERSION = "2020-12-01"
PARAMETERS = [{"Name": "DataVersion", "Type": "String", "DefaultValue": "head"}]
"""`DataVersion` is the revision of the training data (a DVC or Git revision), written into the model's record."""


def pipeline_definition(plan: JobPlan) -> dict[str, Any]:
    """Return the definition; steps run in the order that their references ask for."""
    baseline = [baseline_step(plan, plan.analyzer_image)] if plan.analyzer_image else []
    gate = gate_step(plan)
    if baseline:
        gate["DependsOn"] = ["Baseline"]
    return {
        "Version": VERSION,
        "Metadata": {},
        "Parameters": PARAMETERS,
        "PipelineExperimentConfig": {
            "ExperimentName": {"Get": "Execution.PipelineName"},
            "TrialName": {"Get": "Execution.PipelineExecutionId"},
        },
        "Steps": [train_step(plan), evaluate_step(plan), *baseline, gate],
    }
