"""The smaller additions, each through the boto3 call that real AWS takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from trimtab.local.cloud import install

if TYPE_CHECKING:
    from tests.local.cloud.conftest import Client


def test_installing_twice_does_no_harm(client: Client) -> None:
    install()
    install()
    client("cloudwatch").put_composite_alarm(AlarmName="twice", AlarmRule='ALARM("a")')


def test_capacity_reservations(client: Client) -> None:
    ec2 = client("ec2")
    asked = {"InstanceType": "p5.48xlarge", "InstancePlatform": "Linux/UNIX", "InstanceCount": 2}
    made = ec2.create_capacity_reservation(**asked, AvailabilityZone="eu-central-1a")["CapacityReservation"]
    name = made["CapacityReservationId"]
    ec2.modify_capacity_reservation(CapacityReservationId=name, InstanceCount=5)
    (found,) = ec2.describe_capacity_reservations(CapacityReservationIds=[name])["CapacityReservations"]
    assert (found["TotalInstanceCount"], found["State"]) == (5, "active")
    ec2.cancel_capacity_reservation(CapacityReservationId=name)
    (found,) = ec2.describe_capacity_reservations(CapacityReservationIds=[name])["CapacityReservations"]
    assert found["State"] == "cancelled"
    with pytest.raises(ClientError, match="NotFound"):
        ec2.describe_capacity_reservations(CapacityReservationIds=["cr-0"])


def test_spot_prices_are_of_these_days_and_grow_with_what_a_type_has(client: Client) -> None:
    ec2 = client("ec2")

    def prices(instance_type: str) -> list[dict[str, Any]]:
        return list(ec2.describe_spot_price_history(InstanceTypes=[instance_type])["SpotPriceHistory"])

    small, large = prices("g5.xlarge"), prices("g5.12xlarge")
    newest = max(one["Timestamp"] for one in small)
    assert timedelta(0) <= datetime.now(tz=UTC) - newest < timedelta(days=1)
    assert len({one["Timestamp"] for one in small}) == 8
    assert min(float(one["SpotPrice"]) for one in large) > 3 * max(float(one["SpotPrice"]) for one in small)


def test_a_placement_group_exists_once(client: Client) -> None:
    ec2 = client("ec2")
    ec2.create_placement_group(GroupName="efa", Strategy="cluster")
    with pytest.raises(ClientError, match="already exists"):
        ec2.create_placement_group(GroupName="efa", Strategy="cluster")
    ec2.delete_placement_group(GroupName="efa")
    with pytest.raises(ClientError, match="does not exist"):
        ec2.delete_placement_group(GroupName="efa")


def test_an_event_data_store_under_protection_stays(client: Client) -> None:
    trail = client("cloudtrail")
    arn = trail.create_event_data_store(Name="audit", TerminationProtectionEnabled=True)["EventDataStoreArn"]
    with pytest.raises(ClientError, match="TerminationProtected"):
        trail.delete_event_data_store(EventDataStore=arn)
    trail.update_event_data_store(EventDataStore=arn, TerminationProtectionEnabled=False)
    trail.delete_event_data_store(EventDataStore=arn)
    assert trail.get_event_data_store(EventDataStore=arn)["Status"] == "PENDING_DELETION"


def test_a_metric_filter_is_replaced_not_doubled(client: Client) -> None:
    logs = client("logs")
    logs.create_log_group(logGroupName="g")
    change = {"metricName": "errors", "metricNamespace": "ml", "metricValue": "1"}
    for pattern in ("ERROR", "FATAL"):
        logs.put_metric_filter(logGroupName="g", filterName="f", filterPattern=pattern, metricTransformations=[change])
    found = logs.describe_metric_filters(logGroupName="g")["metricFilters"]
    assert [each["filterPattern"] for each in found] == ["FATAL"]


def test_deep_learning_images_are_images_of_this_cloud(client: Client) -> None:
    family = "base-oss-nvidia-driver-gpu-ubuntu-22.04"
    for architecture in ("x86_64", "arm64"):
        name = f"/aws/service/deeplearning/ami/{architecture}/{family}/latest/ami-id"
        image = client("ssm").get_parameter(Name=name)["Parameter"]["Value"]
        (found,) = client("ec2").describe_images(ImageIds=[image])["Images"]
        assert found["Architecture"] == architecture


def test_an_association_needs_its_file_system(client: Client) -> None:
    with pytest.raises(ClientError, match="FileSystemNotFound"):
        client("fsx").create_data_repository_association(
            FileSystemId="fs-0123456789abcdef0", FileSystemPath="/data", DataRepositoryPath="s3://bucket"
        )


def test_what_is_not_served_is_refused_in_the_apis_own_form(client: Client) -> None:
    with pytest.raises(ClientError, match=r"\(InvalidAction\).*does not serve CreateHub:"):
        client("sagemaker").create_hub(HubName="h", HubDescription="d")
    with pytest.raises(ClientError, match=r"does not serve CreateIpam"):
        client("ec2").create_ipam()
