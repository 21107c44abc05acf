"""Who spoke to whom in a network is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource, urn_of
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import FLOW_LOG, VPC

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(vpc: Resource, stack: Stack, _: RuleConfig) -> Messages:
    if not stack.referring((FLOW_LOG,), "vpcId", vpc):
        yield "has no flow log"


RULE = StackRule(
    id="vpc-flow-logs",
    title="VPCs have flow logs",
    pack="audit",
    severity=Severity.MEDIUM,
    types=(VPC,),
    why="After an incident the flow log is what shows where data went.",
    remedy="Add a flow log:",
    code=(
        'aws.ec2.FlowLog("main", vpc_id=vpc.id, traffic_type="ALL", log_destination=logs.arn, iam_role_arn=role.arn)'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("12",),
        Framework.ISO_42001: ("A.6.2.8",),
        Framework.SECURITY_HUB: ("EC2.6",),
        Framework.SOC_2: ("CC7.2",),
    },
    check=check,
    fails=example(resource(VPC, "main", cidrBlock="10.0.0.0/16")),
    passes=example(
        resource(VPC, "main", cidrBlock="10.0.0.0/16"),
        resource(FLOW_LOG, "main", {"vpcId": urn_of(VPC, "main")}, vpcId="main-id", trafficType="ALL"),
    ),
)
