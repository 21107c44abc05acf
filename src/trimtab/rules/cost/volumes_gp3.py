"""Disks are of the generation that costs less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import LAUNCH_TEMPLATE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(template: Resource, _: RuleConfig) -> Messages:
    for mapping in template.props.blocks("blockDeviceMappings"):
        if mapping.block("ebs").text("volumeType") == "gp2":
            yield f"{mapping.text('deviceName')} is gp2"


RULE = ResourceRule(
    id="volumes-gp3",
    title="Launch templates use gp3 volumes",
    pack="cost",
    severity=Severity.LOW,
    types=(LAUNCH_TEMPLATE,),
    why="gp3 gives the same speed as gp2 for a fifth less.",
    remedy="Name the type:",
    code=('block_device_mappings=[{"device_name": "/dev/xvda", "ebs": {"volume_type": "gp3", "encrypted": "true"}}]'),
    frameworks={Framework.ISO_42001: ("A.4.5",)},
    check=check,
    fails=example(
        resource(
            LAUNCH_TEMPLATE, "trainers", blockDeviceMappings=[{"deviceName": "/dev/xvda", "ebs": {"volumeType": "gp2"}}]
        )
    ),
    passes=example(
        resource(
            LAUNCH_TEMPLATE, "trainers", blockDeviceMappings=[{"deviceName": "/dev/xvda", "ebs": {"volumeType": "gp3"}}]
        )
    ),
)
