"""Auto scaling groups."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from trimtab.cost.model import Resource
from trimtab.cost.sources.inventory_aws.base import Reader, owner_of, tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trimtab.cost.sources.inventory_aws.base import ClientOf

_IN_SERVICE = "GroupInServiceInstances"


def _read(client_of: ClientOf, region: str) -> Iterator[Resource]:
    for page in client_of("autoscaling", region).get_paginator("describe_auto_scaling_groups").paginate():
        for group in page["AutoScalingGroups"]:
            if not group["MaxSize"]:
                continue
            tags = tags_of(group.get("Tags"))
            yield Resource(
                resource_id=group["AutoScalingGroupName"],
                kind="gpu-training-pool",
                instance_type=_type(group) or _type_of_template(group, client_of, region),
                region=region,
                count=_count(group),
                owner=owner_of(tags),
                component=tags.get("Name", ""),
                dimensions={"AutoScalingGroupName": group["AutoScalingGroupName"]},
            )


def _count(group: Mapping[str, Any]) -> int:
    """Return the most nodes there may be, or those there are.

    A group that does not publish how many are in service is taken at today's size: its limit may never have run.
    """
    published = {one["Metric"] for one in group.get("EnabledMetrics", ())}
    return int(group["MaxSize"] if _IN_SERVICE in published else group["DesiredCapacity"])


def _type(group: Mapping[str, Any]) -> str:
    """Return the type of most nodes, or the first that the group may choose."""
    common = Counter(one["InstanceType"] for one in group.get("Instances", ()) if "InstanceType" in one).most_common(1)
    mixed = group.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {}).get("Overrides", ())
    named = [one["InstanceType"] for one in mixed if "InstanceType" in one]
    return common[0][0] if common else next(iter(named), "")


def _type_of_template(group: Mapping[str, Any], client_of: ClientOf, region: str) -> str:
    mixed = group.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {}).get("LaunchTemplateSpecification")
    template = group.get("LaunchTemplate") or mixed
    if not template:
        return ""
    found = client_of("ec2", region).describe_launch_template_versions(
        LaunchTemplateId=template["LaunchTemplateId"], Versions=[template.get("Version", "$Default")]
    )
    return str(found["LaunchTemplateVersions"][0]["LaunchTemplateData"].get("InstanceType", ""))


POOLS = Reader(
    "gpu-training-pool",
    {
        "autoscaling:DescribeAutoScalingGroups": "auto scaling groups with size and tags",
        "ec2:DescribeLaunchTemplateVersions": "the instance type of a group that runs none now",
    },
    _read,
)
