"""The registry, the scan as a whole, its errors and its command."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from click.testing import CliRunner

from tests.cost.account.conftest import DAYS, LATER, REGION
from trimtab.cli.cost.waste import waste
from trimtab.cost.account import ACCOUNT_KINDS, Scan, scan
from trimtab.cost.account.finding import ScanDocument
from trimtab.cost.account.registry import permissions
from trimtab.cost.model import Unpriced
from trimtab.cost.prices.items import Charge, monthly
from trimtab.cost.prices.snapshot import Snapshot
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from tests.cost.account.conftest import Account
    from trimtab.cost.account.base import AccountKind

DOCS = Path(__file__).parents[3] / "docs" / "cost" / "kinds"
every_kind = pytest.mark.parametrize("kind", ACCOUNT_KINDS.values(), ids=list(ACCOUNT_KINDS))
_READS = ("Describe", "List", "Get")


@every_kind
def test_it_says_what_it_must_never_do_and_only_reads(kind: AccountKind) -> None:
    assert len(kind.never_cross.split()) > 5
    assert kind.permissions
    assert all(action.split(":")[1].startswith(_READS) for action in kind.permissions)


@every_kind
def test_it_is_documented(kind: AccountKind) -> None:
    assert (DOCS / f"{kind.id}.md").read_text(encoding="utf-8").startswith(f"# `{kind.id}`: {kind.title}")


@every_kind
def test_it_is_read_without_a_refusal(kind: AccountKind, shared: Account) -> None:
    if kind.id in {"capacity-reservation", "feature-group"}:
        pytest.skip("moto has no such call; its own tests read a recorded answer")
    assert shared.scan(kind.id).unread == ()


def test_findings_are_sorted_by_money_and_read_back(shared: Account, tmp_path: Path) -> None:
    ec2 = shared.client("ec2")
    made = [
        ec2.create_volume(AvailabilityZone=f"{REGION}a", Size=size, VolumeType="gp3")["VolumeId"]
        for size in (10, 300, 100)
    ]
    document = shared.scan("ebs-volume", of=made)
    assert [one.facts["gib"] for one in document.findings] == [300, 100, 10]
    path = tmp_path / "waste.json"
    path.write_text(document.dumps(), encoding="utf-8")
    assert ScanDocument.read(path) == document


class Forbidden:
    """A service that one may not read."""

    def get_paginator(self, name: str) -> Any:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "not for you"}}, name)


def test_a_kind_that_may_not_be_read_is_named_and_the_others_are_read(shared: Account) -> None:
    shared.client("ec2").create_volume(AvailabilityZone=f"{REGION}a", Size=10, VolumeType="gp3")
    how = Scan(
        lambda service, region: Forbidden() if service == "rds" else shared.client(service, region),
        Snapshot(),
        DAYS,
        LATER,
    )
    document = scan(how, [ACCOUNT_KINDS["rds-instance"], ACCOUNT_KINDS["ebs-volume"]], [REGION])
    assert document.findings
    assert list(document.seen) == ["ebs-volume"]
    assert [(one.kind, "AccessDenied" in one.reason) for one in document.unread] == [("rds-instance", True)]


def test_where_nothing_can_be_read_nothing_is_said() -> None:
    how = Scan(lambda _service, _region: Forbidden(), Snapshot(), DAYS, LATER)
    with pytest.raises(WorldError, match="no kind could be read"):
        scan(how, [ACCOUNT_KINDS["rds-instance"]], [REGION])


def test_charges_add_up_and_one_unknown_price_leaves_all_unpriced() -> None:
    known = (Charge("eks-hour", 730), Charge("ebs-gp3-gib", 100))
    assert monthly(known, REGION, Snapshot()) == Decimal("81.00")
    assert isinstance(monthly((*known, Charge("moon-dust", 1)), REGION, Snapshot()), Unpriced)
    assert isinstance(monthly(known, "mars-north-1", Snapshot()), Unpriced)
    assert monthly((), REGION, Snapshot()) == 0


def test_the_policy_holds_what_is_read_and_nothing_that_writes() -> None:
    result = CliRunner().invoke(waste, ["--permissions"])
    (statement,) = json.loads(result.stdout)["Statement"]
    assert statement["Action"] == list(permissions())
    assert "cloudwatch:GetMetricData" in statement["Action"]
    assert all(action.split(":")[1].startswith(_READS) for action in statement["Action"])


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_the_command_reads_the_account_of_the_environment(
    form: str, moto: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in moto.items():
        monkeypatch.setenv(name, value)
    region = moto["AWS_REGION"]
    boto3.client("ec2").allocate_address(Domain="vpc")
    given = ["--kind", "elastic-ip", "--prices", "snapshot", "--format", form]
    result = CliRunner().invoke(waste, given)
    assert result.exit_code == 0, result.output
    assert "elastic-ip" in result.stdout
    assert region in result.stdout
    if form == "json":
        assert json.loads(result.stdout)["schema"] == "trimtab.cost.waste/1"
    else:
        assert "3.65" in result.stdout
