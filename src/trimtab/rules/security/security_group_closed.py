"""Nothing but the web's own ports is open to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import INGRESS_RULE, SECURITY_GROUP, SECURITY_GROUP_RULE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.values import Props


_WORLD = frozenset({"0.0.0.0/0", "::/0"})


class PortsConfig(RuleConfig):
    """Which ports may be open to everybody."""

    ports: tuple[int, ...] = Field((80, 443), description="Ports that may be open to the whole internet.")


def check(thing: Resource, config: PortsConfig) -> Messages:
    for rule in _ingress(thing):
        sources = {cidr for name in _SOURCES for cidr in rule.texts(name)}
        if not sources & _WORLD:
            continue
        low, high = rule.number("fromPort"), rule.number("toPort")
        every = rule.text("protocol") in _EVERY or rule.text("ipProtocol") in _EVERY
        if every or low != high or low not in config.ports:
            yield f"opens {'every port' if every else f'{low:g} to {high:g}'} to {', '.join(sorted(sources & _WORLD))}"


_SOURCES = ("cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6")
_EVERY = frozenset({"-1", "all"})


def _ingress(thing: Resource) -> list[Props]:
    """The rules that let something in, whichever resource holds them."""
    if thing.type == SECURITY_GROUP:
        return thing.props.blocks("ingress")
    if thing.type == SECURITY_GROUP_RULE and thing.props.text("type") != "ingress":
        return []
    return [thing.props]


RULE = ResourceRule(
    id="security-group-closed",
    title="Security groups do not open ports to the world",
    pack="security",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(SECURITY_GROUP, SECURITY_GROUP_RULE, INGRESS_RULE),
    why="Notebooks, databases and training nodes that the whole internet reaches are found within minutes.",
    remedy="Name the network or the security group that may connect:",
    code=(
        'aws.vpc.SecurityGroupIngressRule("api", security_group_id=group.id, '
        'referenced_security_group_id=clients.id, ip_protocol="tcp", from_port=8080, to_port=8080)'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SECURITY_HUB: ("EC2.18", "EC2.19"),
        Framework.SOC_2: ("CC6.6",),
    },
    config=PortsConfig,
    check=check,
    fails=example(
        resource(
            SECURITY_GROUP,
            "notebooks",
            ingress=[{"protocol": "tcp", "fromPort": 8888, "toPort": 8888, "cidrBlocks": ["0.0.0.0/0"]}],
        )
    ),
    passes=example(
        resource(
            SECURITY_GROUP,
            "notebooks",
            ingress=[{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["0.0.0.0/0"]}],
        )
    ),
)
