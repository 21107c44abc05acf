"""One model's way from data to an endpoint."""

# ruff: noqa: TC001  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

import json
from typing import Any

import pulumi
import pulumi_aws as aws

from trimtab.components.analyzer import analyzer_image
from trimtab.components.base import Component
from trimtab.components.encryption import LOGS, customer_key
from trimtab.components.lists import strings
from trimtab.components.pipelines.args import RetrainingPipelineArgs
from trimtab.components.pipelines.definition import pipeline_definition
from trimtab.components.pipelines.failure_alarm import failure_alarm
from trimtab.components.pipelines.machine_role import machine_role
from trimtab.components.pipelines.pipeline_role import job_security_group, pipeline_role
from trimtab.components.pipelines.plan import JobPlan
from trimtab.components.pipelines.schedule import retraining_schedule
from trimtab.components.pipelines.states import MachinePlan, state_machine_definition
from trimtab.components.place import place_of

LOG_RETENTION_DAYS = 365
"""What a retraining decided is evidence: at least six months (EU AI Act, articles 19 and 26)."""


class RetrainingPipeline(Component):
    """A SageMaker pipeline (train, evaluate, gate, register) and a state machine (await approval, deploy, verify).

    Attributes:
        pipeline_name, pipeline_arn: the SageMaker pipeline.
        machine_arn: what a drift alarm or a schedule starts.
        log_group_name: the executions' log, a year of it.
    """

    pipeline_name: pulumi.Output[str]
    pipeline_arn: pulumi.Output[str]
    machine_arn: pulumi.Output[str]
    log_group_name: pulumi.Output[str]

    def __init__(self, name: str, args: RetrainingPipelineArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, args["context"], opts, owner=args["spec"].owner)
        self._place = place_of(self)
        group = _group(args)
        role = pipeline_role(self, args, self._place, group)
        pipeline = self._pipeline(args, role, group)
        key = customer_key(self, services=(LOGS,))
        machine = self._machine(args, pipeline, group, key)
        if "notice_topic_arn" in args:
            failure_alarm(self, args["spec"], machine=machine, topic_arn=args["notice_topic_arn"])
        retraining_schedule(self, args["spec"], machine=machine, key_arn=key, place=self._place)
        self.pipeline_name, self.pipeline_arn = pipeline.pipeline_name, pipeline.arn
        self.machine_arn = machine.arn
        self.finish(
            {
                "pipelineName": self.pipeline_name,
                "pipelineArn": self.pipeline_arn,
                "machineArn": self.machine_arn,
                "logGroupName": self.log_group_name,
            }
        )

    def _tags(self, args: RetrainingPipelineArgs) -> dict[str, str]:
        return self.tags(model=args["spec"].model_group)

    def _pipeline(
        self, args: RetrainingPipelineArgs, role: aws.iam.Role, group: pulumi.Output[str]
    ) -> aws.sagemaker.Pipeline:
        physical = f"{self.context.prefix}-{args['spec'].name}"
        security_group = job_security_group(self, args)
        image: pulumi.Output[str] | None = None
        if args["target"]["monitored"]:
            image = analyzer_image(self, args.get("analyzer_image"))
        definition = pulumi.Output.all(
            group=group,
            role_arn=role.arn,
            data_bucket=args["data_bucket"],
            model_bucket=args["model_bucket"],
            subnet_ids=strings(args["subnet_ids"]),
            security_group_id=security_group.id,
            key_arn=args.get("kms_key_arn"),
            analyzer_image=image,
        ).apply(lambda known: json.dumps(pipeline_definition(_job_plan(args, known))))
        return aws.sagemaker.Pipeline(
            f"{self.name}-pipeline",
            pipeline_name=physical,
            pipeline_display_name=physical,
            pipeline_description=f"train, evaluate, gate, register {args['spec'].model_group}",
            role_arn=role.arn,
            pipeline_definition=definition,
            tags=self._tags(args),
            opts=self.child(),
        )

    def _machine(
        self,
        args: RetrainingPipelineArgs,
        pipeline: aws.sagemaker.Pipeline,
        group: pulumi.Output[str],
        key: pulumi.Output[str],
    ) -> aws.sfn.StateMachine:
        physical = f"{self.context.prefix}-{args['spec'].name}"
        logs = aws.cloudwatch.LogGroup(
            f"{self.name}-log",
            name=f"/aws/vendedlogs/states/{physical}",
            retention_in_days=LOG_RETENTION_DAYS,
            kms_key_id=key,
            tags=self._tags(args),
            opts=self.child(),
        )
        self.log_group_name = logs.name
        return aws.sfn.StateMachine(
            f"{self.name}-machine",
            name=physical,
            type="STANDARD",
            publish=True,  # Each definition stays as a version: what an old execution ran can be read.
            role_arn=machine_role(self, args, self._place, pipeline=pipeline, group=group).arn,
            definition=self._definition(args, pipeline),
            logging_configuration=aws.sfn.StateMachineLoggingConfigurationArgs(
                level="ALL",
                include_execution_data=True,
                log_destination=pulumi.Output.concat(logs.arn, ":*"),
            ),
            tracing_configuration=aws.sfn.StateMachineTracingConfigurationArgs(enabled=True),
            tags=self._tags(args),
            opts=self.child(),
        )

    def _definition(self, args: RetrainingPipelineArgs, pipeline: aws.sagemaker.Pipeline) -> pulumi.Output[str]:
        target = args["target"]
        return pulumi.Output.all(
            partition=self._place.partition,
            pipeline_name=pipeline.pipeline_name,
            endpoint_name=target["endpoint_name"],
            role_arn=target["role_arn"],
            subnet_ids=strings(args["subnet_ids"]),
            security_group_id=target["security_group_id"],
            rollback_alarm_names=strings(target["rollback_alarm_names"]),
            topic_arn=args.get("notice_topic_arn"),
            data_bucket=args["data_bucket"],
        ).apply(lambda known: json.dumps(state_machine_definition(_machine_plan(args, self._tags(args), known))))


def _group(args: RetrainingPipelineArgs) -> pulumi.Output[str]:
    names = pulumi.Output.from_input(args["model_group_names"])
    return names.apply(lambda known: known[args["spec"].model_group])


def _job_plan(args: RetrainingPipelineArgs, known: dict[str, Any]) -> JobPlan:
    return JobPlan(spec=args["spec"], **{**known, "subnet_ids": tuple(known["subnet_ids"])})


def _machine_plan(args: RetrainingPipelineArgs, tags: dict[str, str], known: dict[str, Any]) -> MachinePlan:
    target = args["target"]
    lists = {name: tuple(known[name]) for name in ("subnet_ids", "rollback_alarm_names")}
    return MachinePlan(
        spec=args["spec"],
        endpoint=target["spec"],
        baseline_prefix=f"monitoring/{target['spec'].name}/candidates" if target["monitored"] else None,
        tags=tags,
        **{**known, **lists},
    )
