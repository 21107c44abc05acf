"""Databases, caches, tables and feature groups on moto."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.cost.account.conftest import REGION, TAGS
from tests.cost.account.test_storage import saves
from trimtab.cost.account.base import Found, Used
from trimtab.cost.account.feature_group import FEATURE_GROUP
from trimtab.cost.account.rds_instance import RDS_INSTANCE
from trimtab.cost.model import Unpriced

if TYPE_CHECKING:
    from tests.cost.account.conftest import Account
    from trimtab.cost.model.base import Scalar

GIB = 2.0**30


def database(account: Account, *, connections: float, cpu: float = 5.0, free: float = 6.0) -> None:
    account.client("rds").create_db_instance(
        DBInstanceIdentifier="tracking",
        Engine="postgres",
        DBInstanceClass="db.m5.xlarge",
        AllocatedStorage=100,
        StorageType="gp3",
        MultiAZ=True,
        Tags=TAGS,
    )
    measured = {"DatabaseConnections": connections, "CPUUtilization": cpu, "FreeableMemory": free * GIB}
    for metric, value in measured.items():
        account.measured("AWS/RDS", metric, {"DBInstanceIdentifier": "tracking"}, [value] * 48)


def test_a_database_without_a_connection_becomes_a_snapshot(account: Account) -> None:
    database(account, connections=0)
    (found,) = account.scan("rds-instance").findings
    assert (found.resource_id, found.action, found.owner.team) == ("tracking", "delete", "fraud")
    # Two copies: 730 h at 0.356 and 100 GiB at 0.115 each; a snapshot of 100 GiB at 0.095.
    assert saves(found) == Decimal("533.26")


def test_a_database_that_half_of_would_hold_is_halved(account: Account) -> None:
    database(account, connections=40, cpu=30, free=9)
    (found,) = account.scan("rds-instance").findings
    assert found.changes == {"dbInstanceClass": "db.m5.large"}
    assert saves(found) == Decimal("259.88")  # 2 · 730 h · (0.356 - 0.178)


@pytest.mark.parametrize(
    ("connections", "cpu", "free"),
    [
        (40, 45, 9),  # twice 45 % is too close to all of it
        (40, 30, 7),  # less than half of 16 GiB is free
        (800, 30, 9),  # 8 GiB allow 901 connections; a quarter more than 800 is over it
    ],
)
def test_what_half_would_not_hold_stays(account: Account, connections: float, cpu: float, free: float) -> None:
    database(account, connections=connections, cpu=cpu, free=free)
    assert account.scan("rds-instance").findings == ()


def test_a_database_of_which_nothing_is_heard_is_not_called_unused() -> None:
    facts: dict[str, Scalar] = {
        "class": "db.m5.large",
        "cluster": "",
        "gib": 10,
        "copies": 1,
        "engine": "postgres",
        "storage": "gp3",
    }
    silent = {metric.name: Used() for metric in RDS_INSTANCE.metrics}
    assert RDS_INSTANCE.judge(Found("d", REGION, facts), silent) is None


@pytest.mark.parametrize(("reads", "said"), [([0.0] * 24, True), ([0.0] * 23 + [1.0], False), ([], False)])
def test_a_cache_that_is_asked_for_nothing_is_unused(account: Account, reads: list[float], said: bool) -> None:
    account.client("elasticache").create_cache_cluster(
        CacheClusterId="online", Engine="redis", CacheNodeType="cache.m5.large", NumCacheNodes=1
    )
    account.measured("AWS/ElastiCache", "GetTypeCmds", {"CacheClusterId": "online"}, reads)
    account.measured("AWS/ElastiCache", "SetTypeCmds", {"CacheClusterId": "online"}, [0.0] * len(reads))
    found = account.scan("elasticache-cluster").findings
    assert [one.resource_id for one in found] == (["online"] if said else [])
    if found:
        assert saves(found[0]) == Decimal("113.88")  # 730 h at 0.156


def table(account: Account, *, mode: str, used: float = 0.0) -> None:
    capacity: dict[str, Any] = {"ProvisionedThroughput": {"ReadCapacityUnits": 100, "WriteCapacityUnits": 50}}
    account.client("dynamodb").create_table(
        TableName="features",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode=mode,
        Tags=TAGS,
        **(capacity if mode == "PROVISIONED" else {}),
    )
    if used:
        account.measured("AWS/DynamoDB", "ConsumedReadCapacityUnits", {"TableName": "features"}, [used] * 336)


def test_capacity_that_is_hardly_used_is_cheaper_on_demand(account: Account) -> None:
    table(account, mode="PROVISIONED", used=3_600.0)  # one read a second, of 150 units
    (found,) = account.scan("dynamodb-table").findings
    assert found.changes == {"billingMode": "PAY_PER_REQUEST"}
    # 730 h · (100 · 0.00013 + 50 · 0.00065) - 2.628 million reads at 0.125
    assert saves(found) == Decimal("32.89")
    assert found.owner.team == "fraud"


def test_a_table_that_nobody_reads_needs_no_points(account: Account) -> None:
    table(account, mode="PROVISIONED")
    (found,) = account.scan("dynamodb-table").findings
    assert saves(found) == Decimal("33.22")
    assert set(found.samples.values()) == {0}


@pytest.mark.parametrize(("mode", "used"), [("PROVISIONED", 3_600 * 16.0), ("PAY_PER_REQUEST", 3_600.0)])
def test_what_is_used_or_on_demand_already_stays(account: Account, mode: str, used: float) -> None:
    table(account, mode=mode, used=used)
    assert account.scan("dynamodb-table").findings == ()


@pytest.mark.parametrize(("online", "reads", "said"), [(True, 0.0, True), (True, 5.0, False), (False, 0.0, False)])
def test_an_online_store_that_nobody_reads(online: bool, reads: float, said: bool) -> None:
    group = Found("f", REGION, {"name": "f", "operation": "GetRecord", "online": online, "storage": "Standard"})
    verdict = FEATURE_GROUP.judge(group, {"ConsumedReadRequestsUnits": Used(total=reads, days=14)})
    assert (verdict is not None) == said
    assert not verdict or verdict.unpriced


def test_feature_groups_are_read_as_sagemaker_describes_them() -> None:
    class Pages:
        def paginate(self) -> list[dict[str, Any]]:
            return [{"FeatureGroupSummaries": [{"FeatureGroupName": "users"}]}]

    class SageMaker:
        """What `list_feature_groups`, which moto lacks, and its neighbours answer."""

        def get_paginator(self, name: str) -> Pages:
            assert name == "list_feature_groups"
            return Pages()

        def describe_feature_group(self, **asked: str) -> dict[str, Any]:
            arn = f"arn:aws:sagemaker:us-east-1:1:feature-group/{asked['FeatureGroupName']}"
            return {"FeatureGroupArn": arn, "OnlineStoreConfig": {"EnableOnlineStore": True}}

        def list_tags(self, **_: str) -> dict[str, Any]:
            return {"Tags": TAGS}

    (found,) = FEATURE_GROUP.read(lambda _service, _region: SageMaker(), REGION)
    assert (found.id, found.facts["online"], found.tags) == ("users", True, {"Team": "fraud"})


def test_a_price_that_is_not_known_is_unpriced(account: Account) -> None:
    account.client("elasticache").create_cache_cluster(
        CacheClusterId="odd", Engine="memcached", CacheNodeType="cache.x9.huge", NumCacheNodes=1
    )
    for metric in ("GetTypeCmds", "SetTypeCmds"):
        account.measured("AWS/ElastiCache", metric, {"CacheClusterId": "odd"}, [0.0] * 3)
    (found,) = account.scan("elasticache-cluster").findings
    assert isinstance(found.savings, Unpriced)
    assert "cache.x9.huge" in found.savings.reason
