"""The analyser's policy is what its code calls: every call to AWS is recorded, and compared with it."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
from click.testing import CliRunner

from trimtab.cli.doctor import doctor
from trimtab.cost.apply.watch import CloudEyes
from trimtab.cost.commitments import PLANS, Offer
from trimtab.cost.commitments.aws_rates import AwsRates
from trimtab.cost.model import Resource
from trimtab.cost.permissions import COMMITMENT_READS, SIZING_READS, SPEND_READS, reader_policy
from trimtab.cost.prices.aws import AwsPriceList
from trimtab.cost.prices.spot import SpotHistory
from trimtab.cost.sources.cloudwatch import CloudWatch
from trimtab.cost.sources.engine import connect
from trimtab.cost.spend.cost_explorer import CostExplorer
from trimtab.cost.spend.hours import Metered
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path


NOW = datetime(2026, 11, 24, tzinfo=UTC)
RESOURCES = [
    Resource(resource_id="scorer", kind="sagemaker-endpoint", instance_type="ml.g5.xlarge", region="eu-west-1",
             dimensions={"EndpointName": "scorer", "VariantName": "primary"}),
    Resource(resource_id="trainers", kind="gpu-training-pool", instance_type="g5.xlarge", region="eu-west-1",
             dimensions={"AutoScalingGroupName": "trainers"}),
]  # fmt: skip


class Calls:
    """A boto3 session that keeps the name of every operation before it is sent."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.made: set[str] = set()
        self.session = boto3.Session(
            aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
            region_name=environment["AWS_REGION"],
        )
        self.session.events.register("before-call", self._note)
        self.endpoint = environment["AWS_ENDPOINT_URL"]

    def client(self, service: str, region: str = "") -> Any:
        made: Any = self.session.client(  # type: ignore[call-overload]  # any service
            service, region_name=region or None, endpoint_url=self.endpoint
        )
        return made

    def _note(self, model: Any, **_: Any) -> None:
        self.made.add(f"{model.service_model.service_name}:{model.name}")


def test_every_call_is_in_the_policy_and_every_action_is_called(moto: dict[str, str], tmp_path: Path) -> None:
    calls = Calls(moto)
    CloudWatch(connect(), lambda region: calls.client("cloudwatch", region), 14, NOW).samples(RESOURCES, None)
    eyes = CloudEyes(calls.client)
    for one in RESOURCES:
        eyes.alarms(one)
        eyes.loads(one, NOW - timedelta(hours=1), NOW)
        eyes.errors(one, NOW - timedelta(hours=1), NOW)
        with suppress(WorldError):  # nothing of that name stands; it was asked for all the same
            eyes.units(one)
    calls.client("sagemaker").create_model(ModelName="m", ExecutionRoleArn="arn:aws:iam::123456789012:role/serve")
    made_by_the_test = {"sagemaker:CreateModel", *_endpoint(calls)}
    eyes.units(RESOURCES[0])
    with suppress(WorldError):  # moto has no price list
        AwsPriceList(calls.client("pricing"), tmp_path).price("ec2", "g5.xlarge", "eu-west-1")
    SpotHistory(lambda region: calls.client("ec2", region), tmp_path, NOW).spot("g5.xlarge", "eu-west-1")
    assert calls.made - made_by_the_test == set(SIZING_READS)


def _endpoint(calls: Calls) -> set[str]:
    variant = {"VariantName": "primary", "ModelName": "m", "InitialInstanceCount": 1, "InstanceType": "ml.m5.large"}
    sagemaker = calls.client("sagemaker")
    sagemaker.create_endpoint_config(EndpointConfigName="scorer", ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName="scorer", EndpointConfigName="scorer")
    return {"sagemaker:CreateEndpointConfig", "sagemaker:CreateEndpoint"}


def test_spend_makes_its_one_call(moto: dict[str, str]) -> None:
    calls = Calls(moto)
    CostExplorer(calls.client("ce"), "Component", "billed", NOW).charges(None, None)
    assert calls.made == set(SPEND_READS)


def test_commitments_make_their_two_calls(moto: dict[str, str], tmp_path: Path) -> None:
    calls = Calls(moto)
    rates = AwsRates(calls.client("savingsplans"), calls.client("pricing"), tmp_path)
    for plan in PLANS:
        with suppress(WorldError):  # moto has neither list
            rates.rate(plan, Offer(1, "no-upfront"), Metered("AmazonEC2", "BoxUsage:m5.large", "RunInstances"))
    assert calls.made == set(COMMITMENT_READS)


def test_doctor_prints_it_and_it_only_reads() -> None:
    printed = json.loads(CliRunner().invoke(doctor, ["--policy"]).stdout)
    assert printed == reader_policy()
    actions = [action for statement in printed["Statement"] for action in statement["Action"]]
    assert [one for one in actions if not one.split(":")[1].startswith(("Describe", "List", "Get"))] == []
