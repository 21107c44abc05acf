"""What a node writes to its disks is encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(nodes: Resource, _: RuleConfig) -> Messages:
    for mapping in nodes.props.block("spec").blocks("blockDeviceMappings"):
        if mapping.has("ebs") and not mapping.block("ebs").flag("encrypted"):
            yield f"{mapping.text('deviceName', 'a disk')} is not encrypted"


RULE = ResourceRule(
    id="node-disks-encrypted",
    title="Disks of Karpenter's nodes are encrypted",
    pack="security",
    severity=Severity.MEDIUM,
    types=(kinds.EC2_NODE_CLASS,),
    why="Images, model caches and spilled training data stay on a disk until somebody else gets its blocks.",
    remedy="Encrypt each volume:",
    code='"blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {"encrypted": True, "volumeSize": "200Gi"}}]',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(
        resource(
            kinds.EC2_NODE_CLASS,
            "gpu",
            spec={"blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {"volumeSize": "200Gi"}}]},
        )
    ),
    passes=example(
        resource(
            kinds.EC2_NODE_CLASS,
            "gpu",
            spec={
                "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {"volumeSize": "200Gi", "encrypted": True}}]
            },
        )
    ),
)
