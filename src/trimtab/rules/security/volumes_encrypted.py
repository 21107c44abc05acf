"""A machine's disks are encrypted."""

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
        if mapping.has("ebs") and not mapping.block("ebs").flag("encrypted"):
            yield f"{mapping.text('deviceName')} is not encrypted"


RULE = ResourceRule(
    id="volumes-encrypted",
    title="Volumes of launch templates are encrypted",
    pack="security",
    severity=Severity.HIGH,
    types=(LAUNCH_TEMPLATE,),
    why="A snapshot of an open volume is a copy of the training data.",
    remedy="Encrypt each volume:",
    code=('block_device_mappings=[{"device_name": "/dev/xvda", "ebs": {"encrypted": "true", "kms_key_id": key.arn}}]'),
    frameworks={Framework.EU_AI_ACT: ("10", "15"), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(
        resource(
            LAUNCH_TEMPLATE, "trainers", blockDeviceMappings=[{"deviceName": "/dev/xvda", "ebs": {"volumeSize": 200}}]
        )
    ),
    passes=example(
        resource(
            LAUNCH_TEMPLATE, "trainers", blockDeviceMappings=[{"deviceName": "/dev/xvda", "ebs": {"encrypted": "true"}}]
        )
    ),
)
