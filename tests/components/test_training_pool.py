"""Training pools through the real engine: spot and types, many nodes at once, back to the floor."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.components.single import Single, single, untagged
from trimtab.components.training_pool.scaling import periods
from trimtab.components.training_pool.userdata import agent_configuration
from trimtab.spec.sizing import SizingHandle

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

GROUP = "aws:autoscaling/group:Group"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
SPOT = {
    "name": "nightly",
    "instanceTypes": ["g5.4xlarge", "g6.4xlarge"],
    "minNodes": 0,
    "maxNodes": 4,
    "spotPercent": 75,
    "interruptible": True,
    "idleMinutesBeforeScaleDown": 30,
    "schedules": [{"name": "morning", "cron": "0 6 * * *", "minNodes": 0, "maxNodes": 0}],
}


@pytest.fixture(scope="module")
def wired(local_cloud: LocalCloud) -> dict[str, Any]:
    """Subnets of the account's default network: the service looks whether a group's subnets exist."""
    subnets = local_cloud.client("ec2").describe_subnets()["Subnets"]
    chosen = sorted(subnets, key=lambda subnet: str(subnet["AvailabilityZone"]))[:2]
    return {
        "vpc_id": chosen[0]["VpcId"],
        "subnet_ids": [subnet["SubnetId"] for subnet in chosen],
        "zones": [subnet["AvailabilityZone"] for subnet in chosen],
        "data_bucket": "data",
        "model_bucket": "models",
        "spec_path": "trainingPools[0]",
    }


def made(make: Callable[..., Workspace], spec: dict[str, Any], wired: dict[str, Any]) -> Single:
    kind, model = "training_pool:TrainingPool", "training_pool:TrainingPool"
    return single(make, kind, model, spec, name=spec["name"], inputs=wired)


@pytest.mark.engine
def test_spot_pool_comes_up_is_resized_in_place_and_goes(
    make_workspace: Callable[..., Workspace], local_cloud: LocalCloud, wired: dict[str, Any]
) -> None:
    pool = made(make_workspace, SPOT, wired)
    pool.is_stable()
    assert untagged(pool.result) == []
    scaling = local_cloud.client("autoscaling")

    def group() -> dict[str, Any]:
        (found,) = scaling.describe_auto_scaling_groups(AutoScalingGroupNames=["acme-dev-nightly"])["AutoScalingGroups"]
        return dict(found)

    before = group()
    assert (before["MinSize"], before["MaxSize"]) == (0, 4)
    distribution = before["MixedInstancesPolicy"]["InstancesDistribution"]
    assert distribution["OnDemandPercentageAboveBaseCapacity"] == 25
    assert distribution["OnDemandBaseCapacity"] == 0
    handle = SizingHandle.model_validate(pool.outputs["sizingHandles"][0])
    assert handle.cloud_id == "acme-dev-nightly"
    assert {field.spec_path for field in handle.fields} >= {"trainingPools[0].maxNodes", "trainingPools[0].minNodes"}

    kept = pool.workspace
    wanted = {"component": "trimtab.components.training_pool:TrainingPool"}
    wanted |= {"model": "trimtab.spec.training_pool:TrainingPool", "name": "nightly", "environment": "dev"}
    kept.write_config({"single:component": {**wanted, "spec": {**SPOT, "maxNodes": 2}, "inputs": wired}})
    kept.up()
    after = group()
    assert after["MaxSize"] == 2
    assert after["AutoScalingGroupARN"] == before["AutoScalingGroupARN"]
    pool.leaves_nothing()
    assert scaling.describe_auto_scaling_groups(AutoScalingGroupNames=["acme-dev-nightly"])["AutoScalingGroups"] == []


@pytest.mark.engine
def test_a_node_is_closed_encrypted_and_knows_its_group(
    make_workspace: Callable[..., Workspace], wired: dict[str, Any]
) -> None:
    spec = {**SPOT, "name": "closed", "schedules": [], "hourlyFloors": "mon-fri 07-19 = 2"}
    pool = made(make_workspace, spec, wired)
    clock = pool.result.of_type("aws:autoscaling/schedule:Schedule")
    assert {(one.inputs["recurrence"], one.inputs["minSize"], one.inputs["maxSize"]) for one in clock} == {
        ("0 7 * * 1,2,3,4,5", 2, -1),
        ("0 19 * * 1,2,3,4,5", 0, -1),
    }
    template = pool.only(TEMPLATE).inputs
    assert template["metadataOptions"]["httpTokens"] == "required"
    (disk,) = template["blockDeviceMappings"]
    assert disk["ebs"]["encrypted"] == "true"
    assert disk["ebs"]["volumeType"] == "gp3"
    (interface,) = template["networkInterfaces"]
    assert interface["associatePublicIpAddress"] == "false"
    script = base64.b64decode(template["userData"]).decode()
    assert "mount-s3 --read-only" in script
    assert "data /data" in script
    ingress = pool.result.of_type("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    group_id = pool.only("aws:ec2/securityGroup:SecurityGroup").id
    assert [rule.inputs["referencedSecurityGroupId"] for rule in ingress] == [group_id]
    alarm = next(a for a in pool.result.of_type("aws:cloudwatch/metricAlarm:MetricAlarm"))
    assert (alarm.inputs["metricName"], alarm.inputs["evaluationPeriods"]) == ("nvidia_smi_utilization_gpu", 6)
    policy = pool.only("aws:autoscaling/policy:Policy")
    assert alarm.inputs["alarmActions"] == [policy.outputs["arn"]]
    assert policy.inputs["adjustmentType"] == "ExactCapacity"
    key = pool.document("aws:kms/key:Key", "closed-key")
    linked = [s for s in key["Statement"] if "AutoScaling" in s["Sid"]]
    assert len(linked) == 2, "EC2 Auto Scaling cannot attach a disk whose key it may not use"


@pytest.mark.engine
def test_many_nodes_at_once_lie_together_in_one_zone(
    make_workspace: Callable[..., Workspace], wired: dict[str, Any]
) -> None:
    spec = {
        "name": "foundation",
        "instanceTypes": ["p4d.24xlarge"],
        "maxNodes": 4,
        "efa": True,
        "warmNodes": 1,
        "reservation": {"type": "capacity-reservation", "instances": 2, "zoneIndex": 1},
        "data": {"type": "fsx-lustre", "capacityGib": 2400, "deployment": "PERSISTENT_2"},
    }
    pool = made(make_workspace, spec, wired)
    pool.is_stable()
    template = pool.only(TEMPLATE).inputs
    interfaces = template["networkInterfaces"]
    assert [i["networkCardIndex"] for i in interfaces] == [0, 1, 2, 3]
    assert {i["interfaceType"] for i in interfaces} == {"efa"}
    assert template["placement"]["groupName"] == pool.only("aws:ec2/placementGroup:PlacementGroup").outputs["name"]
    group = pool.only(GROUP).inputs
    assert group["vpcZoneIdentifiers"] == [wired["subnet_ids"][1]]
    assert "mixedInstancesPolicy" not in group
    assert group["warmPool"]["poolState"] == "Stopped"
    reservation = pool.only("aws:ec2/capacityReservation:CapacityReservation")
    assert reservation.inputs["availabilityZone"] == wired["zones"][1]
    target = template["capacityReservationSpecification"]["capacityReservationTarget"]
    assert target["capacityReservationId"] == reservation.id
    script = base64.b64decode(template["userData"]).decode()
    assert "mount -t lustre" in script
    association = pool.only("aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation")
    assert association.inputs["dataRepositoryPath"] == "s3://data"
    pool.leaves_nothing()


def test_the_agent_reports_by_group() -> None:
    metrics = json.loads(agent_configuration())["metrics"]
    assert metrics["aggregation_dimensions"] == [["AutoScalingGroupName"]]
    assert "utilization_gpu" in metrics["metrics_collected"]["nvidia_gpu"]["measurement"]


@pytest.mark.parametrize(("minutes", "count"), [(5, 1), (6, 2), (30, 6), (1440, 288)])
def test_periods_cover_the_minutes(minutes: int, count: int) -> None:
    assert periods(minutes) == count
