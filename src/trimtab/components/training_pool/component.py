"""GPU capacity for training, with all that belongs to it."""

# ruff: noqa: TC001, TC002  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from trimtab.components.base import Component
from trimtab.components.lists import entry, strings
from trimtab.components.place import place_of
from trimtab.components.training_pool.args import TrainingPoolArgs
from trimtab.components.training_pool.data import boot_script
from trimtab.components.training_pool.disk_key import disk_key
from trimtab.components.training_pool.group import auto_scaling_group
from trimtab.components.training_pool.image import node_image
from trimtab.components.training_pool.network import node_security_group
from trimtab.components.training_pool.reservation import reserve, zone_index
from trimtab.components.training_pool.role import node_profile
from trimtab.components.training_pool.scaling import IDLE_PERCENT, floors, scale_down_when_idle, schedules
from trimtab.components.training_pool.template import launch_template

if TYPE_CHECKING:
    from trimtab.components.place import Place


class TrainingPool(Component):
    """An auto scaling group of GPU nodes that goes back to its floor when nobody trains.

    Attributes:
        group_name: the group, `<platform>-<environment>-<name>`.
        group_arn: for policies that allow its capacity to be set.
        template_id: the launch template.
        security_group_id: of the nodes and their file system.
        profile_arn: the nodes' instance profile.
        idle_alarm_name: the alarm that sends the pool to its floor.
    """

    group_name: pulumi.Output[str]
    group_arn: pulumi.Output[str]
    template_id: pulumi.Output[str]
    security_group_id: pulumi.Output[str]
    profile_arn: pulumi.Output[str]
    idle_alarm_name: pulumi.Output[str]

    def __init__(self, name: str, args: TrainingPoolArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        spec = args["spec"]
        super().__init__(name, args["context"], opts, owner=spec.owner)
        place = place_of(self)
        key = disk_key(self, place, args.get("disk_key_arn"))
        security_group = node_security_group(self, args)
        profile = node_profile(self, args, place)
        subnets = _subnets(args)
        script = boot_script(
            self, args, place, key_arn=key, group_id=security_group.id, subnet_id=subnets.apply(lambda ids: ids[0])
        )
        template = launch_template(
            self,
            args,
            image_id=node_image(self, args.get("image_id")),
            user_data=script,
            group_id=security_group.id,
            key_arn=key,
            profile=profile,
            placement=self._placement(args),
            reserved=reserve(self, args),
        )
        tags = self.tags(model=spec.model)
        group = auto_scaling_group(self, spec, template, subnets, tags)
        schedules(self, spec, group)
        floors(self, spec, group)
        alarm = scale_down_when_idle(
            self,
            spec,
            group,
            idle_percent=args.get("idle_percent", IDLE_PERCENT),
            actions=[args["alarm_topic_arn"]] if "alarm_topic_arn" in args else [],
        )
        self.group_name, self.group_arn, self.template_id = group.name, group.arn, template.id
        self.security_group_id, self.profile_arn = security_group.id, profile.arn
        self.idle_alarm_name = alarm.name
        self.finish(self._outputs(), [self._handle(args, place, tags)])

    def _placement(self, args: TrainingPoolArgs) -> aws.ec2.PlacementGroup | None:
        if not args["spec"].efa:
            return None
        return aws.ec2.PlacementGroup(
            f"{self.name}-together",
            strategy="cluster",
            tags=self.tags(model=args["spec"].model),
            opts=self.child(),
        )

    def _outputs(self) -> dict[str, Any]:
        return {
            "groupName": self.group_name,
            "groupArn": self.group_arn,
            "templateId": self.template_id,
            "securityGroupId": self.security_group_id,
            "profileArn": self.profile_arn,
            "idleAlarmName": self.idle_alarm_name,
        }

    def _handle(self, args: TrainingPoolArgs, place: Place, tags: dict[str, str]) -> dict[str, Any]:
        return self.handle(
            args["spec"].sizing(args.get("spec_path")),
            cloud_id=self.group_name,
            region=place.region,
            dimensions={"AutoScalingGroupName": self.group_name},
            tags=tags,
        )


def _subnets(args: TrainingPoolArgs) -> pulumi.Output[list[str]]:
    """Return the subnets that nodes may lie in: all, or the one of the pool's zone."""
    zone = zone_index(args)
    return strings(args["subnet_ids"]) if zone is None else entry(args["subnet_ids"], zone).apply(lambda one: [one])
