"""A scaling group survives the loss of one zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SCALING_GROUP
from trimtab.rules.values import NotYetKnown

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


_ENOUGH = 2


def check(group: Resource, _: RuleConfig) -> Messages:
    # Nodes that train together must stand together; a placement group says that they do.
    if group.props.has("placementGroup"):
        return
    places = max(len(group.props.values(name)) for name in ("vpcZoneIdentifiers", "availabilityZones"))
    opaque = group.props.opaque("vpcZoneIdentifiers") or group.props.opaque("availabilityZones")
    if opaque:
        raise NotYetKnown("`vpcZoneIdentifiers`")
    if places < _ENOUGH:
        yield f"spans {places} zone"


RULE = ResourceRule(
    id="scaling-group-two-zones",
    title="Scaling groups span two zones or more",
    pack="reliability",
    severity=Severity.LOW,
    types=(SCALING_GROUP,),
    why="GPU capacity runs out by zone; a group with one has nowhere else to go.",
    remedy="Give it a subnet in each zone:",
    code='aws.autoscaling.Group("trainers", vpc_zone_identifiers=private_subnet_ids, max_size=8, min_size=0)',
    frameworks={Framework.ISO_42001: ("A.4.5",), Framework.SOC_2: ("A1.1", "A1.2")},
    check=check,
    fails=example(resource(SCALING_GROUP, "trainers", vpcZoneIdentifiers=["subnet-1"])),
    passes=example(resource(SCALING_GROUP, "trainers", vpcZoneIdentifiers=["subnet-1", "subnet-2"])),
)
