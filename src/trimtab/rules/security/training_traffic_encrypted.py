"""Machines that train together speak in cipher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_TRAINING_JOB

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(job: Resource, _: RuleConfig) -> Messages:
    machines = job.props.block("resourceConfig").number("instanceCount", 1)
    if machines > 1 and not job.props.flag("enableInterContainerTrafficEncryption"):
        yield f"{machines:g} machines exchange gradients in the clear"


RULE = ResourceRule(
    id="training-traffic-encrypted",
    title="Distributed training encrypts traffic between machines",
    pack="security",
    severity=Severity.LOW,
    types=(SAGEMAKER_TRAINING_JOB,),
    why="Gradients give away training data.",
    remedy="Encrypt it:",
    code="enable_inter_container_traffic_encryption=True",
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("CC6.7",)},
    check=check,
    fails=example(resource(SAGEMAKER_TRAINING_JOB, "fraud", resourceConfig={"instanceCount": 4})),
    passes=example(resource(SAGEMAKER_TRAINING_JOB, "fraud", resourceConfig={"instanceCount": 1})),
)
