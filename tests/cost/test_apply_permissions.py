"""Both roles before an IAM that says no: what they need passes, what they must not do is refused.

Moto's IAM knows actions: it asks for the resource `*` and with no value for any condition. So both are taken off the
statements before it gets them, and are compared as text further down.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError
from click.testing import CliRunner

from tests.stacks.stack_files import STACKS, configuration
from tests.support.moto_server import moto_server
from trimtab.cli.doctor import doctor
from trimtab.cost.apply_permissions import FIELD_WRITES, apply_policy
from trimtab.cost.permissions import reader_policy
from trimtab.spec.load import read_platform
from trimtab.spec.serving_components import ModelCopies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GROUP, ENDPOINT = "atlas-prod-trainers", "atlas-prod-scorer"
TARGET = {
    "ServiceNamespace": "sagemaker", "ResourceId": f"endpoint/{ENDPOINT}/variant/primary",
    "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
}  # fmt: skip
VARIANT = {"VariantName": "primary", "ModelName": "m", "InitialInstanceCount": 1, "InstanceType": "ml.m5.large"}
TRACKING = {
    "TargetValue": 600.0,
    "PredefinedMetricSpecification": {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"},
}


@dataclass(frozen=True)
class Account:
    """A moto server of this module's own, whose IAM is asked from a moment on."""

    url: str

    def client(self, service: str, key: tuple[str, str] = ("root", "root")) -> Any:
        session = boto3.Session(aws_access_key_id=key[0], aws_secret_access_key=key[1], region_name="eu-west-1")
        return session.client(service, endpoint_url=self.url)  # type: ignore[call-overload]  # any service

    def user(self, name: str, policy: dict[str, Any]) -> tuple[str, str]:
        iam = self.client("iam")
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="trimtab", PolicyDocument=json.dumps(policy))
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return key["AccessKeyId"], key["SecretAccessKey"]

    def enforce(self) -> None:
        assert httpx.post(f"{self.url}/moto-api/reset-auth", content=b"0").status_code == httpx.codes.OK


@dataclass(frozen=True)
class Roles:
    """Who asks."""

    account: Account
    reader: tuple[str, str]
    applier: tuple[str, str]

    def can(self, key: tuple[str, str], service: str, ask: Callable[[Any], Any]) -> bool:
        try:
            ask(self.account.client(service, key))
        except ClientError as error:
            if "not authorized" in str(error) or error.response["Error"]["Code"] == "AccessDenied":
                return False
            raise
        return True


@pytest.fixture(scope="module")
def roles() -> Iterator[Roles]:
    with moto_server() as address:
        account = Account(address)
        _platform(account)
        made = Roles(
            account, account.user("reader", reader_policy()), account.user("applier", _actions(apply_policy()))
        )
        account.enforce()
        yield made


def _actions(policy: dict[str, Any]) -> dict[str, Any]:
    statements = [{**one, "Resource": "*"} for one in policy["Statement"]]
    for one in statements:
        one.pop("Condition", None)
    return {**policy, "Statement": statements}


def _platform(account: Account) -> None:
    sagemaker, ec2 = account.client("sagemaker"), account.client("ec2")
    sagemaker.create_model(ModelName="m", ExecutionRoleArn="arn:aws:iam::123456789012:role/serve")
    for name in (ENDPOINT, "next", "former"):
        sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[VARIANT])
    sagemaker.create_endpoint(EndpointName=ENDPOINT, EndpointConfigName=ENDPOINT)
    scaling = account.client("application-autoscaling")
    scaling.register_scalable_target(**TARGET, MinCapacity=1, MaxCapacity=4)
    scaling.put_scheduled_action(
        **TARGET, ScheduledActionName="mon-07", Schedule="cron(0 7 ? * MON *)", ScalableTargetAction={"MinCapacity": 2}
    )
    image = ec2.describe_images()["Images"][0]["ImageId"]
    ec2.create_launch_template(LaunchTemplateName="trainers", LaunchTemplateData={"ImageId": image})
    zone = ec2.describe_availability_zones()["AvailabilityZones"][0]["ZoneName"]
    account.client("autoscaling").create_auto_scaling_group(
        AutoScalingGroupName=GROUP, MinSize=0, MaxSize=4, AvailabilityZones=[zone],
        LaunchTemplate={"LaunchTemplateName": "trainers", "Version": "1"},
    )  # fmt: skip
    account.client("autoscaling").put_scheduled_update_group_action(
        AutoScalingGroupName=GROUP, ScheduledActionName="mon-07", Recurrence="0 7 * * 1", MinSize=1
    )


WRITES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "application-autoscaling:RegisterScalableTarget": (
        "application-autoscaling", lambda c: c.register_scalable_target(**TARGET, MinCapacity=1, MaxCapacity=2)
    ),
    "application-autoscaling:PutScalingPolicy": (
        "application-autoscaling",
        lambda c: c.put_scaling_policy(
            **TARGET, PolicyName="p", PolicyType="TargetTrackingScaling",
            TargetTrackingScalingPolicyConfiguration=TRACKING,
        ),
    ),
    "application-autoscaling:PutScheduledAction": (
        "application-autoscaling",
        lambda c: c.put_scheduled_action(
            **TARGET, ScheduledActionName="tue-07", Schedule="cron(0 7 ? * MON *)",
            ScalableTargetAction={"MinCapacity": 2},
        ),
    ),
    "application-autoscaling:DeleteScheduledAction": (
        "application-autoscaling", lambda c: c.delete_scheduled_action(**TARGET, ScheduledActionName="mon-07")
    ),
    "sagemaker:CreateEndpointConfig": (
        "sagemaker", lambda c: c.create_endpoint_config(EndpointConfigName="third", ProductionVariants=[VARIANT])
    ),
    "sagemaker:UpdateEndpoint": (
        "sagemaker", lambda c: c.update_endpoint(EndpointName=ENDPOINT, EndpointConfigName="next")
    ),
    "sagemaker:DeleteEndpointConfig": ("sagemaker", lambda c: c.delete_endpoint_config(EndpointConfigName="former")),
    "autoscaling:UpdateAutoScalingGroup": (
        "autoscaling", lambda c: c.update_auto_scaling_group(AutoScalingGroupName=GROUP, MaxSize=2)
    ),
    "autoscaling:PutScalingPolicy": (
        "autoscaling",
        lambda c: c.put_scaling_policy(
            AutoScalingGroupName=GROUP, PolicyName="to-floor", PolicyType="StepScaling", AdjustmentType="ExactCapacity",
            StepAdjustments=[{"MetricIntervalUpperBound": 0.0, "ScalingAdjustment": 0}],
        ),
    ),
    "autoscaling:PutScheduledUpdateGroupAction": (
        "autoscaling",
        lambda c: c.put_scheduled_update_group_action(
            AutoScalingGroupName=GROUP, ScheduledActionName="tue-07", Recurrence="0 7 * * 1", MinSize=1
        ),
    ),
    "autoscaling:DeleteScheduledAction": (
        "autoscaling",
        lambda c: c.delete_scheduled_action(AutoScalingGroupName=GROUP, ScheduledActionName="mon-07"),
    ),
    "autoscaling:PutWarmPool": ("autoscaling", lambda c: c.put_warm_pool(AutoScalingGroupName=GROUP, MinSize=0)),
    "ec2:CreateLaunchTemplateVersion": (
        "ec2",
        lambda c: c.create_launch_template_version(
            LaunchTemplateName="trainers", LaunchTemplateData={"InstanceType": "g5.xlarge"}
        ),
    ),
    "ec2:ModifyLaunchTemplate": (
        "ec2", lambda c: c.modify_launch_template(LaunchTemplateName="trainers", DefaultVersion="1")
    ),
}  # fmt: skip
"""Each call of the policy that moto serves, as the provider makes it."""
BY_OTHERS = {
    "sagemaker:AddTags",  # asked for beside CreateEndpointConfig
    "ec2:RunInstances",  # these three are asked for beside UpdateAutoScalingGroup
    "ec2:CreateTags",
    "iam:PassRole",
}
LOSSES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "endpoint": ("sagemaker", lambda c: c.delete_endpoint(EndpointName=ENDPOINT)),
    "model": ("sagemaker", lambda c: c.delete_model(ModelName="m")),
    "target": ("application-autoscaling", lambda c: c.deregister_scalable_target(**TARGET)),
    "group": ("autoscaling", lambda c: c.delete_auto_scaling_group(AutoScalingGroupName=GROUP)),
    "template": ("ec2", lambda c: c.delete_launch_template(LaunchTemplateName="trainers")),
    "instance": ("ec2", lambda c: c.terminate_instances(InstanceIds=["i-00000000000000000"])),
    "user": ("iam", lambda c: c.delete_user(UserName="reader")),
    "bucket": ("s3", lambda c: c.delete_bucket(Bucket="any")),
}
READS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "group by name": ("autoscaling", lambda c: c.describe_auto_scaling_groups(AutoScalingGroupNames=[GROUP])),
    "endpoint": ("sagemaker", lambda c: c.describe_endpoint(EndpointName=ENDPOINT)),
    "config": ("sagemaker", lambda c: c.describe_endpoint_config(EndpointConfigName="next")),
}


def test_every_field_that_a_component_offers_has_its_calls() -> None:
    """In every form in which it may be declared."""
    platform = read_platform(configuration("prod")["trimtab:platform"], source="prod")
    endpoints = [one.sizing("e", floor=1) for one in platform.serving_endpoints]
    pools = [one.sizing("p") for one in platform.training_pools]
    copies = ModelCopies(max_copies=2, memory_mib=1024, target_invocations_per_copy=100).sizing(
        "c.", instance_type="ml.g5.xlarge", most=4, service_class="standard"
    )
    offered = {
        (template.kind, field.name)
        for template in (*endpoints, *pools, copies)
        if template
        for field in template.fields
        if len(field.allowed) > 1
    }
    assert offered == {(kind, name) for kind, fields in FIELD_WRITES.items() for name in fields}


def test_every_call_of_the_policy_is_tried() -> None:
    tried = {*WRITES, *BY_OTHERS}
    assert tried == {write.action for fields in FIELD_WRITES.values() for writes in fields.values() for write in writes}


@pytest.mark.parametrize("action", WRITES)
def test_the_applier_may_size_and_the_reader_may_not(roles: Roles, action: str) -> None:
    service, ask = WRITES[action]
    assert not roles.can(roles.reader, service, ask)
    assert roles.can(roles.applier, service, ask)


@pytest.mark.parametrize("what", LOSSES)
def test_nobody_may_delete(roles: Roles, what: str) -> None:
    service, ask = LOSSES[what]
    assert not roles.can(roles.reader, service, ask)
    assert not roles.can(roles.applier, service, ask)


@pytest.mark.parametrize("what", READS)
def test_both_may_read(roles: Roles, what: str) -> None:
    service, ask = READS[what]
    assert roles.can(roles.reader, service, ask)
    assert roles.can(roles.applier, service, ask)


def test_it_is_narrowed_to_names_and_tags() -> None:
    policy = apply_policy("atlas-prod", {"Platform": "atlas", "Environment": "prod"})
    reading, *writing = policy["Statement"]
    assert reading["Resource"] == "*"
    by_action = {(one["Action"], one["Resource"]): one["Condition"] for one in writing}
    assert all(resource != "*" for _, resource in by_action)
    assert ("sagemaker:UpdateEndpoint", "arn:aws:sagemaker:*:*:endpoint/atlas-prod-*") in by_action
    delete = by_action["sagemaker:DeleteEndpointConfig", "arn:aws:sagemaker:*:*:endpoint-config/*"]
    assert delete["StringEquals"] == {
        "aws:ResourceTag/ManagedBy": "trimtab",
        "aws:ResourceTag/Platform": "atlas",
        "aws:ResourceTag/Environment": "prod",
    }
    # What has no name of the platform in its ARN has a condition.
    assert [key for key, condition in by_action.items() if not condition and "atlas-prod" not in key[1]] == []


def test_doctor_prints_it_for_a_stack() -> None:
    printed = CliRunner().invoke(doctor, ["--policy", "--apply", "--stack", "prod", "--project", str(STACKS.parent)])
    platform = read_platform(configuration("prod")["trimtab:platform"], source="prod")
    tags = {"Platform": platform.name, "Environment": platform.environment}
    assert json.loads(printed.stdout) == apply_policy(f"{platform.name}-{platform.environment}", tags)
    assert json.loads(CliRunner().invoke(doctor, ["--policy", "--apply"]).stdout) == apply_policy()
