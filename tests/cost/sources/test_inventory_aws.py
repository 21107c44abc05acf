"""An account that no stack declared, on moto's server: what runs becomes resources of the kinds that can be sized."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from click.testing import CliRunner

from tests.cost.account.conftest import IMAGE, REGION, TAGS, Account
from trimtab.cli.cost.recommend import recommend
from trimtab.cost.kinds import KINDS
from trimtab.cost.permissions import reader_policy
from trimtab.cost.sources.inventory_aws import INVENTORY_READS, READERS, AwsAccount
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from trimtab.cost.model import Resource

OTHER = "eu-west-1"


@pytest.fixture(scope="module")
def account(moto: dict[str, str]) -> Account:
    made = Account(moto)
    _machines(made)
    _pools(made)
    _endpoints(made)
    return made


def _machines(account: Account) -> None:
    ec2 = account.client("ec2")
    named = [{"ResourceType": "instance", "Tags": [*TAGS, {"Key": "Name", "Value": "notebook-host"}]}]
    once = {"ImageId": IMAGE, "MinCount": 1, "MaxCount": 1, "InstanceType": "m5.2xlarge"}
    ec2.run_instances(**once, TagSpecifications=named)
    stopped = ec2.run_instances(**once)["Instances"][0]["InstanceId"]
    ec2.stop_instances(InstanceIds=[stopped])
    karpenter = [{"ResourceType": "instance", "Tags": [{"Key": "karpenter.sh/nodepool", "Value": "gpu"}]}]
    ec2.run_instances(**once, TagSpecifications=karpenter)


def _pools(account: Account) -> None:
    ec2, autoscaling = account.client("ec2"), account.client("autoscaling")
    template = ec2.create_launch_template(
        LaunchTemplateName="trainers", LaunchTemplateData={"ImageId": IMAGE, "InstanceType": "g5.xlarge"}
    )["LaunchTemplate"]["LaunchTemplateId"]
    for name, most, now in (("trainers", 6, 2), ("asleep", 4, 0), ("retired", 0, 0)):
        autoscaling.create_auto_scaling_group(
            AutoScalingGroupName=name, MinSize=0, MaxSize=most, DesiredCapacity=now,
            AvailabilityZones=[f"{REGION}a"], LaunchTemplate={"LaunchTemplateId": template, "Version": "$Default"},
            Tags=[{"Key": "Team", "Value": "research", "PropagateAtLaunch": True}],
        )  # fmt: skip
    autoscaling.enable_metrics_collection(
        AutoScalingGroupName="trainers", Metrics=["GroupInServiceInstances"], Granularity="1Minute"
    )


def _endpoints(account: Account) -> None:
    for region, name in ((REGION, "scorer"), (REGION, "pair"), (OTHER, "scorer")):
        sagemaker = account.client("sagemaker", region)
        sagemaker.create_model(ModelName=name, ExecutionRoleArn="arn:aws:iam::123456789012:role/serve")
        variants = [
            {"VariantName": own, "ModelName": name, "InitialInstanceCount": 2, "InstanceType": "ml.m5.xlarge"}
            for own in (("blue", "green") if name == "pair" else ("primary",))
        ]
        sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=variants)
        sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name, Tags=TAGS)
    account.client("application-autoscaling").register_scalable_target(
        ServiceNamespace="sagemaker", ResourceId="endpoint/scorer/variant/primary",
        ScalableDimension="sagemaker:variant:DesiredInstanceCount", MinCapacity=1, MaxCapacity=9,
    )  # fmt: skip


def read(account: Account, *regions: str) -> dict[str, Resource]:
    return {one.resource_id: one for one in AwsAccount(account.client, regions or (REGION,)).resources()}


def test_a_machine_is_one_that_runs_and_stands_alone(account: Account) -> None:
    (machine,) = [one for one in read(account).values() if one.kind == "machine"]
    assert (machine.instance_type, machine.region, machine.component) == ("m5.2xlarge", REGION, "notebook-host")
    assert machine.owner.team == "fraud"
    assert machine.dimensions == {"InstanceId": machine.resource_id}


def test_a_pool_counts_its_limit_where_it_publishes_what_runs_and_else_what_it_wants_now(account: Account) -> None:
    found = read(account)
    assert "retired" not in found
    assert (found["trainers"].kind, found["trainers"].instance_type, found["trainers"].count) == (
        "gpu-training-pool", "g5.xlarge", 6,
    )  # fmt: skip
    assert (found["asleep"].instance_type, found["asleep"].count) == ("g5.xlarge", 0)
    assert found["trainers"].owner.team == "research"


def test_an_endpoint_is_a_resource_a_variant_up_to_what_its_scaler_may_start(account: Account) -> None:
    found = read(account)
    scorer = found["scorer"]
    assert (scorer.kind, scorer.instance_type, scorer.count) == ("sagemaker-endpoint", "ml.m5.xlarge", 9)
    assert scorer.dimensions == {"EndpointName": "scorer", "VariantName": "primary"}
    assert (found["pair/blue"].count, found["pair/green"].owner.team) == (2, "fraud")


def test_a_name_of_two_regions_is_told_apart(account: Account) -> None:
    found = read(account, REGION, OTHER)
    assert {f"{REGION}/scorer", f"{OTHER}/scorer"} <= set(found)
    assert "scorer" not in found


def test_every_reader_is_of_a_known_kind_and_only_reads() -> None:
    assert {reader.kind for reader in READERS} <= set(KINDS)
    actions = [action.split(":")[1] for reader in READERS for action in reader.calls]
    assert [one for one in actions if not one.startswith(("Describe", "List", "Get"))] == []


class Forbidden:
    """A service that one may not read."""

    def get_paginator(self, name: str) -> Any:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "not for you"}}, name)


def test_no_other_call_is_made_than_the_policy_allows(account: Account) -> None:
    made: set[str] = set()

    def client(service: str, region: str) -> Any:
        one = account.client(service, region)
        one.meta.events.register(
            "before-call", lambda model, **_: made.add(f"{model.service_model.service_name}:{model.name}")
        )
        return one

    AwsAccount(client, (REGION,)).resources()
    assert made == set(INVENTORY_READS)
    (statement,) = [one for one in reader_policy()["Statement"] if one["Sid"] == "TrimtabInventory"]
    assert set(statement["Action"]) == made


def test_what_may_not_be_read_is_named_and_the_rest_is_read(account: Account) -> None:
    told: list[str] = []
    found = AwsAccount(
        lambda service, region: Forbidden() if service == "sagemaker" else account.client(service, region),
        (REGION,), refused=told.append,
    ).resources()  # fmt: skip
    assert {one.kind for one in found} == {"machine", "gpu-training-pool"}
    (line,) = told
    assert "sagemaker-endpoint in us-east-1" in line
    assert "AccessDenied" in line


def test_an_account_that_may_not_be_read_at_all_or_is_empty_says_so(moto: dict[str, str]) -> None:
    with pytest.raises(WorldError, match="nothing could be read: sagemaker-endpoint"):
        AwsAccount(lambda _service, _region: Forbidden(), (REGION,)).resources()
    with pytest.raises(UserError, match="nothing that can be sized runs in us-west-2"):
        AwsAccount(Account(moto).client, ("us-west-2",)).resources()


@pytest.mark.parametrize("form", ["table", "markdown", "json", "csv", "html"])
def test_advice_is_given_on_an_account_that_no_stack_declared(
    form: str, moto: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in moto.items():
        monkeypatch.setenv(name, value)
    ec2 = boto3.client("ec2", region_name=REGION)
    (instance,) = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1, InstanceType="m5.large")["Instances"]
    dimensions = [{"Name": "InstanceId", "Value": instance["InstanceId"]}]
    point = {"MetricName": "CPUUtilization", "Dimensions": dimensions, "Value": 12.0}
    boto3.client("cloudwatch", region_name=REGION).put_metric_data(
        Namespace="AWS/EC2", MetricData=[{**point, "Timestamp": datetime.now(tz=UTC) - timedelta(hours=1)}]
    )
    asked = ["--inventory", "aws", "--region", REGION, "--source", "cloudwatch", "--prices", "snapshot"]
    done = CliRunner().invoke(recommend, [*asked, "--format", form])
    ec2.terminate_instances(InstanceIds=[instance["InstanceId"]])
    assert done.exit_code == 0, done.output
    assert instance["InstanceId"] in done.stdout
    assert "few-samples" in done.stdout
