"""Training machines cannot be reached from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import LAUNCH_TEMPLATE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(template: Resource, _: RuleConfig) -> Messages:
    for interface in template.props.blocks("networkInterfaces"):
        if interface.flag("associatePublicIpAddress"):
            yield f"{interface.path} gets a public address"


RULE = ResourceRule(
    id="launch-template-no-public-address",
    title="Launch templates assign no public addresses",
    pack="security",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(LAUNCH_TEMPLATE,),
    why="A GPU machine with a public address is a machine that strangers try to log in to.",
    remedy="Assign none:",
    code=(
        'network_interfaces=[{"device_index": 0, "associate_public_ip_address": "false", '
        '"security_groups": [group.id]}]'
    ),
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SECURITY_HUB: ("EC2.25",), Framework.SOC_2: ("CC6.6",)},
    check=check,
    fails=example(resource(LAUNCH_TEMPLATE, "trainers", networkInterfaces=[{"associatePublicIpAddress": "true"}])),
    passes=example(resource(LAUNCH_TEMPLATE, "trainers", networkInterfaces=[{"associatePublicIpAddress": "false"}])),
)
