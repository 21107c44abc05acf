"""Notebooks, clusters and reservations."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.cost.account.conftest import IMAGE, LATER, REGION, TAGS
from tests.cost.account.test_storage import saves
from trimtab.cost.account import ACCOUNT_KINDS, Scan, scan
from trimtab.cost.account.base import Found, Used
from trimtab.cost.account.capacity_reservation import CAPACITY_RESERVATION
from trimtab.cost.prices.snapshot import Snapshot

if TYPE_CHECKING:
    from tests.cost.account.conftest import Account
    from trimtab.cost.model.base import Scalar

ROLE = "arn:aws:iam::123456789012:role/x"


def test_a_notebook_that_runs_day_and_night_is_stopped(account: Account) -> None:
    sagemaker = account.client("sagemaker")
    sagemaker.create_notebook_instance(NotebookInstanceName="lab", InstanceType="ml.t3.medium", RoleArn=ROLE, Tags=TAGS)
    (found,) = account.scan("sagemaker-notebook").findings
    assert (found.resource_id, found.action, found.owner.team) == ("lab", "stop", "fraud")
    assert "nights and weekends" in found.cautions[0]


def test_one_that_was_stopped_or_stops_itself_is_left_alone(account: Account) -> None:
    sagemaker = account.client("sagemaker")
    sagemaker.create_notebook_instance(NotebookInstanceName="off", InstanceType="ml.t3.medium", RoleArn=ROLE)
    sagemaker.stop_notebook_instance(NotebookInstanceName="off")
    sagemaker.create_notebook_instance_lifecycle_config(NotebookInstanceLifecycleConfigName="idle")
    sagemaker.create_notebook_instance(
        NotebookInstanceName="self", InstanceType="ml.t3.medium", RoleArn=ROLE, LifecycleConfigName="idle"
    )
    assert account.scan("sagemaker-notebook").findings == ()


def cluster(shared: Account, name: str, *, node_group: bool = False, instance: bool = False) -> None:
    eks, ec2 = shared.client("eks"), shared.client("ec2")
    eks.create_cluster(name=name, roleArn=ROLE, resourcesVpcConfig={"subnetIds": []}, tags={"Team": "fraud"})
    if node_group:
        eks.create_nodegroup(clusterName=name, nodegroupName="system", nodeRole=ROLE, subnets=[])
    if instance:
        tags = [{"Key": f"kubernetes.io/cluster/{name}", "Value": "owned"}]
        ec2.run_instances(
            ImageId=IMAGE, MinCount=1, MaxCount=1, TagSpecifications=[{"ResourceType": "instance", "Tags": tags}]
        )


def test_a_cluster_without_a_node_is_idle(shared: Account) -> None:
    cluster(shared, "empty")
    cluster(shared, "grouped", node_group=True)
    cluster(shared, "karpenter", instance=True)
    (found,) = shared.scan("eks-cluster", of=["empty", "grouped", "karpenter"]).findings
    assert (found.resource_id, found.owner.team) == ("empty", "fraud")
    assert saves(found) == Decimal("73.00")


RESERVATION: dict[str, Scalar] = {"id": "cr-1", "type": "p4d.24xlarge", "total": 4, "available": 4, "kind": "default"}


@pytest.mark.parametrize(
    ("peak", "available", "action", "left"),
    [(0, 4, "release", 0), (1, 4, "change", 1), (1, 2, "change", 2), (4, 4, "", 4)],
)
def test_what_never_ran_of_a_reservation_is_given_back(peak: float, available: int, action: str, left: int) -> None:
    one = Found("cr-1", REGION, {**RESERVATION, "available": available})
    verdict = CAPACITY_RESERVATION.judge(one, {"UsedInstanceCount": Used(peak=peak, samples=336, days=14)})
    if not action:
        assert verdict is None
        return
    assert verdict is not None
    assert verdict.action == action
    assert [charge.quantity for charge in (*verdict.before, *verdict.after)] == [4, left]
    assert verdict.changes == ({"instanceCount": left} if left else {})


@pytest.mark.parametrize("change", [{"kind": "capacity-block"}, {}])
def test_a_block_and_what_is_not_measured_are_left_alone(change: dict[str, str]) -> None:
    use = {"UsedInstanceCount": Used(samples=336 if change else 0, days=14)}
    assert CAPACITY_RESERVATION.judge(Found("cr-1", REGION, {**RESERVATION, **change}), use) is None


def test_reservations_are_read_and_priced_as_instances() -> None:
    class Client:
        """What EC2, which moto has without reservations, and CloudWatch answer."""

        def get_paginator(self, name: str) -> Client:
            self.asked = name
            return self

        def paginate(self, **request: Any) -> list[dict[str, Any]]:
            if self.asked == "get_metric_data":
                rows = [{"Id": one["Id"], "Values": [0.0, 1.0]} for one in request["MetricDataQueries"]]
                return [{"MetricDataResults": rows}]
            shared = {
                "InstanceType": "p4d.24xlarge",
                "TotalInstanceCount": 4,
                "AvailableInstanceCount": 3,
                "Tags": TAGS,
            }
            return [
                {
                    "CapacityReservations": [
                        {"CapacityReservationId": "cr-1", "State": "active", **shared},
                        {"CapacityReservationId": "cr-2", "State": "cancelled", **shared},
                    ]
                }
            ]

    how = Scan(lambda _service, _region: Client(), Snapshot(), 14, LATER)
    document = scan(how, [ACCOUNT_KINDS["capacity-reservation"]], [REGION])
    (found,) = document.findings
    price = Snapshot().price("ec2", "p4d.24xlarge", REGION)
    assert price.status == "priced"
    assert abs(saves(found) - price.monthly * 3) <= Decimal("0.01")  # both sides are rounded to the cent
    assert document.seen == {"capacity-reservation": 1}
