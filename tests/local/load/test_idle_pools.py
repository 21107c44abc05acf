"""A pool whose GPUs idle goes back to its floor, against the real API of the local cloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from trimtab.local.load.capacity import Pool, pools
from trimtab.local.load.idle_pools import IDLE_SECONDS, IdlePools
from trimtab.local.load.profile import Demand, PoolLoad
from trimtab.local.load.working import WorkingPool

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "acme-gpu"
LOAD = PoolLoad(match="*", demand=Demand(shape="office-hours", base=0, peak=1))


def working(pool: Pool, work: float) -> WorkingPool:
    return WorkingPool(pool, LOAD, np.array([work]))


@pytest.fixture
def autoscaling(client: Callable[[str], Any]) -> Any:
    service = client("autoscaling")
    client("ec2").create_launch_template(
        LaunchTemplateName="gpu", LaunchTemplateData={"ImageId": "ami-12c6146b", "InstanceType": "g5.12xlarge"}
    )
    service.create_auto_scaling_group(
        AutoScalingGroupName=NAME, LaunchTemplate={"LaunchTemplateName": "gpu", "Version": "$Latest"},
        MinSize=0, MaxSize=4, DesiredCapacity=2, AvailabilityZones=["eu-north-1a"],
    )  # fmt: skip
    return service


def test_a_pool_shrinks_to_its_floor_once_it_has_idled_for_long_enough(autoscaling: Any) -> None:
    idle = IdlePools(autoscaling)

    def after(now: int, work: float) -> int:
        (pool,) = pools(autoscaling)
        idle.act(now, [working(pool, work)])
        (changed,) = pools(autoscaling)
        return changed.instances

    assert after(0, 0.0) == 2
    assert after(IDLE_SECONDS - 1, 0.0) == 2
    assert after(IDLE_SECONDS, 1.0) == 2, "work came: the wait begins anew"
    assert after(IDLE_SECONDS + 1, 0.0) == 2
    assert after(2 * IDLE_SECONDS + 1, 0.0) == 0


def test_a_pool_without_nodes_has_no_utilisation() -> None:
    assert working(Pool("p", 0, 0, 4), 1.0).busy_percent is None
