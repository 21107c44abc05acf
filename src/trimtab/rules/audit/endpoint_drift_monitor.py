"""Somebody notices when the world no longer looks like the training data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import CLOUD_CONTROL, DATA_QUALITY_JOB, SAGEMAKER_ENDPOINT, SAGEMAKER_MONITORING_SCHEDULE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props


def check(endpoint: Resource, stack: Stack, _: RuleConfig) -> Messages:
    if not any(_watches(schedule, endpoint, stack) for schedule in stack.of(SAGEMAKER_MONITORING_SCHEDULE)):
        yield "no monitoring schedule of this stack watches it"


def _watches(schedule: Resource, endpoint: Resource, stack: Stack) -> bool:
    config = schedule.props.block("monitoringScheduleConfig")
    inline = config.block("monitoringJobDefinition").block("monitoringInputs").block("endpointInput")
    if inline.has("endpointName"):
        return stack.refers(schedule, "endpointName", endpoint, view=inline)
    jobs = stack.referred(schedule, "monitoringJobDefinitionName", (DATA_QUALITY_JOB,), view=config)
    if any(_reads(job, job.props.block("dataQualityJobInput"), "endpointInput", endpoint, stack) for job in jobs):
        return True
    return any(
        _runs(schedule, config, job, stack) and _of_cloud_control(job, endpoint, stack) for job in _others(stack)
    )


def _reads(job: Resource, asked: Props, name: str, endpoint: Resource, stack: Stack) -> bool:
    return stack.refers(job, "endpointName", endpoint, view=asked.block(name))


def _others(stack: Stack) -> list[Resource]:
    """Job definitions of the kinds that the provider lacks, declared through Cloud Control."""
    return [one for one in stack.of(CLOUD_CONTROL) if one.props.text("typeName").startswith("AWS::SageMaker::")]


def _runs(schedule: Resource, config: Props, job: Resource, stack: Stack) -> bool:
    values = config.values("monitoringJobDefinitionName")
    known = [value for value in values if isinstance(value, str)]
    if known and not job.props.opaque("desiredState"):
        return job.props.document("desiredState").raw.get("JobDefinitionName") in known
    return stack.names(schedule, values, job, top="monitoringScheduleConfig")


def _of_cloud_control(job: Resource, endpoint: Resource, stack: Stack) -> bool:
    if job.props.opaque("desiredState"):
        return stack.names(job, job.props.values("desiredState"), endpoint, top="desiredState")
    for name, asked in job.props.document("desiredState").raw.items():
        if name.endswith("JobInput") and isinstance(asked, dict):
            told = asked.get("EndpointInput")
            values = [told.get("EndpointName")] if isinstance(told, dict) else []
            if stack.names(job, values, endpoint, top="desiredState"):
                return True
    return False


RULE = StackRule(
    id="endpoint-drift-monitor",
    title="Every endpoint has a drift monitor",
    pack="audit",
    severity=Severity.HIGH,
    types=(SAGEMAKER_ENDPOINT,),
    why="A model decays silently; only a comparison with its baseline shows that it does.",
    remedy="Schedule a data-quality or model-quality monitor for the endpoint:",
    code=(
        'aws.sagemaker.MonitoringSchedule("fraud", '
        'monitoring_schedule_config={"monitoring_job_definition_name": job.name, "monitoring_type": '
        '"DataQuality"})'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("9", "15", "26(5)", "72"),
        Framework.ISO_42001: ("A.6.2.6",),
        Framework.NIST_AI_RMF: ("MEASURE 2.4", "MANAGE 4.1"),
        Framework.SOC_2: ("CC7.2",),
    },
    check=check,
    fails=example(resource(SAGEMAKER_ENDPOINT, "fraud", name="fraud")),
    passes=example(
        resource(SAGEMAKER_ENDPOINT, "fraud", name="fraud"),
        resource(
            DATA_QUALITY_JOB,
            "fraud",
            name="fraud-quality",
            dataQualityJobInput={"endpointInput": {"endpointName": "fraud"}},
        ),
        resource(
            SAGEMAKER_MONITORING_SCHEDULE,
            "fraud",
            monitoringScheduleConfig={"monitoringType": "DataQuality", "monitoringJobDefinitionName": "fraud-quality"},
        ),
    ),
)
