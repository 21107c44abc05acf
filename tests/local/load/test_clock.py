"""Scheduled actions set the bounds at their minute, against the real API of the local cloud."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from trimtab.local.load.capacity import pools
from trimtab.local.load.clock import Clock
from trimtab.spec.errors import UserError
from trimtab.spec.hourly_floors import actions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GROUP = "by-the-clock"
FLOORS = "mon-fri 07-19 = 4"


def at(day: int, hour: int, minute: int = 0) -> int:
    """Seconds of a moment of the week that begins on Monday, 5 January 2026."""
    return int(datetime(2026, 1, 5 + day, hour, minute, tzinfo=UTC).timestamp())


class Scaled:
    """An endpoint between 1 and 8 instances; moto keeps one account for all tests of a process."""

    def __init__(self, client: Callable[[str], Any], name: str) -> None:
        self.scaling = client("application-autoscaling")
        self.target = {
            "ServiceNamespace": "sagemaker",
            "ResourceId": f"endpoint/{name}/variant/primary",
            "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
        }
        self.scaling.register_scalable_target(**self.target, MinCapacity=1, MaxCapacity=8)

    def schedule(self, name: str, schedule: str, least: int) -> None:
        self.scaling.put_scheduled_action(
            **self.target, ScheduledActionName=name, Schedule=schedule, ScalableTargetAction={"MinCapacity": least}
        )

    @property
    def bounds(self) -> tuple[int, int]:
        (target,) = self.scaling.describe_scalable_targets(
            ServiceNamespace="sagemaker", ResourceIds=[self.target["ResourceId"]]
        )["ScalableTargets"]
        return target["MinCapacity"], target["MaxCapacity"]

    def end(self) -> None:
        kept = self.scaling.describe_scheduled_actions(
            ServiceNamespace="sagemaker", ResourceId=self.target["ResourceId"]
        )
        for action in kept["ScheduledActions"]:
            self.scaling.delete_scheduled_action(**self.target, ScheduledActionName=action["ScheduledActionName"])
        self.scaling.deregister_scalable_target(**self.target)


@pytest.fixture
def endpoint(client: Callable[[str], Any], request: pytest.FixtureRequest) -> Iterator[Scaled]:
    scaled = Scaled(client, request.node.name)
    yield scaled
    scaled.end()


def clock(client: Callable[[str], Any]) -> Clock:
    return Clock(client("application-autoscaling"), client("autoscaling"))


def test_an_endpoint_s_floor_rises_in_the_morning_and_falls_in_the_evening(
    client: Callable[[str], Any], endpoint: Scaled
) -> None:
    for action in actions(FLOORS, 1):
        endpoint.schedule(action.name, action.aws_schedule, action.floor)
    watch = clock(client)

    def bounds(now: int) -> tuple[int, int]:
        watch.act(now)
        return endpoint.bounds

    assert bounds(at(0, 6, 59)) == (1, 8)
    assert bounds(at(0, 7)) == (4, 8), "the maximum is not the clock's"
    assert bounds(at(0, 18, 59)) == (4, 8)
    assert bounds(at(0, 19, 1)) == (1, 8), "a minute that was slept through counts too"
    assert bounds(at(5, 6, 59)) == (1, 8)
    assert bounds(at(5, 7)) == (1, 8), "Saturday is no working day"


@pytest.fixture
def group(client: Callable[[str], Any]) -> Iterator[Any]:
    service, template = client("autoscaling"), {"LaunchTemplateName": GROUP}
    client("ec2").create_launch_template(
        **template, LaunchTemplateData={"ImageId": "ami-12c6146b", "InstanceType": "g5.12xlarge"}
    )
    service.create_auto_scaling_group(
        AutoScalingGroupName=GROUP, LaunchTemplate={**template, "Version": "$Latest"},
        MinSize=0, MaxSize=6, DesiredCapacity=0, AvailabilityZones=["eu-north-1a"],
    )  # fmt: skip
    yield service
    service.delete_auto_scaling_group(AutoScalingGroupName=GROUP, ForceDelete=True)


def test_a_pool_gets_its_nodes_with_its_floor(client: Callable[[str], Any], group: Any) -> None:
    for action in actions(FLOORS, 0):
        group.put_scheduled_update_group_action(
            AutoScalingGroupName=GROUP, ScheduledActionName=action.name, Recurrence=action.cron, MinSize=action.floor
        )
    watch = clock(client)

    def pool(now: int) -> tuple[int, int, int]:
        watch.act(now)
        (found,) = [one for one in pools(group) if one.name == GROUP]
        return found.smallest, found.largest, found.instances

    assert pool(at(1, 6)) == (0, 6, 0)
    assert pool(at(1, 7)) == (4, 6, 4)
    assert pool(at(1, 19, 30)) == (0, 6, 4), "what runs is the idle alarm's business"


def test_an_action_is_not_taken_again_nor_for_the_time_before_the_clock_ran(
    client: Callable[[str], Any], endpoint: Scaled
) -> None:
    endpoint.schedule("noon", "cron(0 12 * * ? *)", 3)
    watch = clock(client)
    watch.act(at(0, 12))
    assert endpoint.bounds == (1, 8)
    watch.act(at(1, 11, 59))
    watch.act(at(1, 12))
    assert endpoint.bounds == (3, 8)
    endpoint.scaling.register_scalable_target(**endpoint.target, MinCapacity=2)
    watch.act(at(1, 12) + 30)
    assert endpoint.bounds == (2, 8)


def test_a_schedule_that_is_not_understood_is_said(client: Callable[[str], Any], endpoint: Scaled) -> None:
    endpoint.schedule("odd", "rate(1 hour)", 3)
    watch = clock(client)
    watch.act(at(0, 1))
    with pytest.raises(UserError, match="rate"):
        watch.act(at(0, 2))
