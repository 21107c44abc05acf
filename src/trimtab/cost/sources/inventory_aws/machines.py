"""EC2 instances that stand alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.model import Resource
from trimtab.cost.sources.inventory_aws.base import Reader, owner_of, tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.sources.inventory_aws.base import ClientOf

_OF_A_POOL = ("aws:autoscaling:groupName", "karpenter.sh/nodepool")
"""Tags of instances that come and go with a pool: the pool is sized, not they."""


def _read(client_of: ClientOf, region: str) -> Iterator[Resource]:
    running = [{"Name": "instance-state-name", "Values": ["running"]}]
    for page in client_of("ec2", region).get_paginator("describe_instances").paginate(Filters=running):
        for instance in (one for reservation in page["Reservations"] for one in reservation["Instances"]):
            tags = tags_of(instance.get("Tags"))
            if any(name in tags for name in _OF_A_POOL):
                continue
            yield Resource(
                resource_id=instance["InstanceId"],
                kind="machine",
                instance_type=instance["InstanceType"],
                region=region,
                interruptible=instance.get("InstanceLifecycle") == "spot",
                owner=owner_of(tags),
                component=tags.get("Name", ""),
                dimensions={"InstanceId": instance["InstanceId"]},
            )


MACHINES = Reader("machine", {"ec2:DescribeInstances": "instances that run, with type and tags"}, _read)
