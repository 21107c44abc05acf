"""Training code cannot send data away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_TRAINING_JOB

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(job: Resource, _: RuleConfig) -> Messages:
    if not job.props.flag("enableNetworkIsolation") and not job.props.has("vpcConfig"):
        yield "reaches the internet outside any VPC of the account"


RULE = ResourceRule(
    id="training-job-isolated",
    title="Training jobs run isolated or inside a VPC",
    pack="security",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_TRAINING_JOB,),
    why=(
        "A dependency that was tampered with sees the whole training set; without a way out it can do nothing with it."
    ),
    remedy="Isolate the job, or give it subnets:",
    code="enable_network_isolation=True",
    frameworks={
        Framework.EU_AI_ACT: ("10", "15"),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SOC_2: ("CC6.6",),
    },
    check=check,
    fails=example(resource(SAGEMAKER_TRAINING_JOB, "fraud", trainingJobName="fraud")),
    passes=example(
        resource(SAGEMAKER_TRAINING_JOB, "fraud", trainingJobName="fraud", vpcConfig={"subnets": ["subnet-1"]})
    ),
)
