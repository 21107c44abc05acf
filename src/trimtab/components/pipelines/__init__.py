"""Retraining: a SageMaker pipeline, and the state machine that waits for approval and deploys."""

from __future__ import annotations

from trimtab.components.pipelines.args import DeploymentTarget, PipelinesArgs, RetrainingPipelineArgs
from trimtab.components.pipelines.component import Pipelines
from trimtab.components.pipelines.retraining import RetrainingPipeline

__all__ = ["DeploymentTarget", "Pipelines", "PipelinesArgs", "RetrainingPipeline", "RetrainingPipelineArgs"]
