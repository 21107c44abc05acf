"""A machine gets a public address only when somebody asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SUBNET

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(subnet: Resource, _: RuleConfig) -> Messages:
    if subnet.props.flag("mapPublicIpOnLaunch"):
        yield "gives every machine a public address"


RULE = ResourceRule(
    id="subnet-no-public-address",
    title="Subnets assign no public addresses",
    pack="security",
    severity=Severity.MEDIUM,
    types=(SUBNET,),
    why="A subnet that hands out addresses publishes whatever is started in it by mistake.",
    remedy="Switch it off; load balancers and NAT gateways do not need it:",
    code='aws.ec2.Subnet("public", map_public_ip_on_launch=False, vpc_id=vpc.id, cidr_block=cidr)',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SECURITY_HUB: ("EC2.15",), Framework.SOC_2: ("CC6.6",)},
    check=check,
    fails=example(resource(SUBNET, "public", mapPublicIpOnLaunch=True)),
    passes=example(resource(SUBNET, "public", mapPublicIpOnLaunch=False)),
)
