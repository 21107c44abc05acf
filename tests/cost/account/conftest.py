"""An account of a test's own on moto, and the scan of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from trimtab.cost.account import ACCOUNT_KINDS, Scan, scan
from trimtab.cost.prices.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Collection

    from trimtab.cost.account.finding import ScanDocument

REGION = "us-east-1"
DAYS = 14
LATER = datetime.now(tz=UTC) + timedelta(days=DAYS + 1)
"""A moment from which what a test makes now is old enough."""
TAGS = [{"Key": "Team", "Value": "fraud"}]


@dataclass
class Account:
    """moto's account of one test: its own account number, so that tests do not see each other's resources."""

    environment: dict[str, str]
    number: str = field(default_factory=lambda: str(secrets.randbelow(9 * 10**11) + 10**11))

    def client(self, service: str, region: str = REGION) -> Any:
        made: Any = boto3.client(  # type: ignore[call-overload]  # any service
            service,
            region_name=region,
            endpoint_url=self.environment["AWS_ENDPOINT_URL"],
            aws_access_key_id=self._key()[0],
            aws_secret_access_key=self._key()[1],
            aws_session_token=self._key()[2],
        )
        return made

    def _key(self) -> tuple[str, str, str]:
        if not hasattr(self, "_assumed"):
            sts = boto3.client(
                "sts",
                region_name=REGION,
                endpoint_url=self.environment["AWS_ENDPOINT_URL"],
                aws_access_key_id="testing",
                aws_secret_access_key="testing",
            )
            role = f"arn:aws:iam::{self.number}:role/reader"
            given = sts.assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
            self._assumed = (given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])
        return self._assumed

    def measured(self, namespace: str, metric: str, dimensions: dict[str, str], values: list[float]) -> None:
        """Put one point an hour, the last one just before the scan."""
        named = [{"Name": name, "Value": value} for name, value in dimensions.items()]
        data = [
            {
                "MetricName": metric,
                "Dimensions": named,
                "Timestamp": LATER - timedelta(hours=back + 1),
                "Value": value,
            }
            for back, value in enumerate(reversed(values))
        ]
        cloudwatch = self.client("cloudwatch")
        for start in range(0, len(data), 500):
            cloudwatch.put_metric_data(Namespace=namespace, MetricData=data[start : start + 500])

    def scan(self, kind: str, now: datetime = LATER, *, of: Collection[str] = ()) -> ScanDocument:
        """Scan for one kind; `of`: what is left of the findings, where others use the account too."""
        document = scan(Scan(self.client, Snapshot(), DAYS, now), [ACCOUNT_KINDS[kind]], [REGION])
        if not of:
            return document
        return document.model_copy(
            update={"findings": tuple(one for one in document.findings if one.resource_id in of)}
        )


@pytest.fixture
def account(moto: dict[str, str]) -> Account:
    """An account of the test's own."""
    return Account(moto)


@pytest.fixture(scope="package")
def shared(moto: dict[str, str]) -> Account:
    """An account for what needs EC2, whose images moto takes seconds to load for each new account."""
    return Account(moto)


IMAGE = "ami-12c6146b"
"""One of moto's own."""
