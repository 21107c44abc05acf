"""The retraining pipelines of a platform."""

# ruff: noqa: TC001, TC002  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import cast

import pulumi

from trimtab.components.base import Component
from trimtab.components.pipelines.args import PipelinesArgs, RetrainingPipelineArgs
from trimtab.components.pipelines.retraining import RetrainingPipeline


class Pipelines(Component):
    """One `RetrainingPipeline` a model.

    Attributes:
        machine_arns: endpoint's name in the declaration → the state machine that retrains its model.
        pipeline_names: pipeline's name in the declaration → its name in SageMaker.
    """

    machine_arns: dict[str, pulumi.Output[str]]
    pipeline_names: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: PipelinesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, args["context"], opts)
        shared = {key: value for key, value in args.items() if key not in ("spec", "targets", "spec_path")}
        built = [
            (spec, RetrainingPipeline(
                f"{name}-{spec.name}",
                cast("RetrainingPipelineArgs", {**shared, "spec": spec, "target": args["targets"][spec.endpoint]}),
                opts=self.child(),
            ))
            for spec in args["spec"].retraining
        ]  # fmt: skip
        self.machine_arns = {spec.endpoint: pipeline.machine_arn for spec, pipeline in built}
        self.pipeline_names = {spec.name: pipeline.pipeline_name for spec, pipeline in built}
        self.finish({"machineArns": self.machine_arns, "pipelineNames": self.pipeline_names})
