"""Cost Explorer: what is asked, page by page, against a recorded client; and the command against moto's server."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from botocore.exceptions import NoCredentialsError
from click.testing import CliRunner

from tests.cost.spend.build import state
from trimtab.cli.cost.spend import spend
from trimtab.cost.spend.charge import ChargeKind
from trimtab.cost.spend.cost_explorer import CostExplorer
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


def group(amount: str, *keys: str) -> dict[str, Any]:
    """A group of an answer in the form of the API's reference."""
    return {"Keys": list(keys), "Metrics": {"NetUnblendedCost": {"Amount": amount, "Unit": "USD"}}}


def day(*groups: dict[str, Any], estimated: bool = False) -> dict[str, Any]:
    period = {"Start": "2026-11-23", "End": "2026-11-24"}
    return {"TimePeriod": period, "Total": {}, "Groups": list(groups), "Estimated": estimated}


USAGE = [
    day(group("1.10", "Amazon SageMaker", "Component$fraud"), group("0.0000000034", "Amazon SQS", "Component$")),
    day(group("2.20", "Amazon SageMaker", "Component$fraud"), estimated=True),
]
OTHER = [day(group("7", "Tax", "Tax"), group("-0.5", "Amazon SageMaker", "Credit"))]


@dataclass
class Recorded:
    """Answers usage in two pages, then all else in one; keeps what it was asked."""

    requests: list[dict[str, Any]] = field(default_factory=list)

    def get_cost_and_usage(self, **request: Any) -> dict[str, Any]:
        self.requests.append(request)
        if "Not" in request["Filter"]:
            return {"ResultsByTime": OTHER}
        if "NextPageToken" in request:
            return {"ResultsByTime": USAGE[1:]}
        return {"ResultsByTime": USAGE[:1], "NextPageToken": "more"}


def test_pages_are_read_and_days_are_added_up() -> None:
    client = Recorded()
    found = CostExplorer(client, "Component", "billed", NOW).charges(None, None)
    amounts = {(one.service, one.kind, one.tags.get("component", "")): one.amount for one in found.charges}
    assert amounts == {
        ("Amazon SageMaker", ChargeKind.USAGE, "fraud"): Decimal("3.30"),
        ("Amazon SQS", ChargeKind.USAGE, ""): Decimal("0.0000000034"),
        ("Tax", ChargeKind.TAX, ""): Decimal(7),
        ("Amazon SageMaker", ChargeKind.CREDIT, ""): Decimal("-0.5"),
    }
    assert found.notes == ("AWS still estimates some of these days; the invoice is not final",)


def test_the_two_questions_part_everything_once() -> None:
    client = Recorded()
    found = CostExplorer(client, "Team", "billed", NOW).charges(datetime(2026, 11, 1, 8, tzinfo=UTC), None)
    usage, more, other = client.requests
    assert usage["TimePeriod"] == {"Start": "2026-11-01", "End": "2026-11-24"}
    assert (found.since.day, found.until) == (1, datetime(2026, 11, 24, tzinfo=UTC))
    assert other["Filter"] == {"Not": usage["Filter"]}
    assert usage["GroupBy"] == [{"Type": "DIMENSION", "Key": "SERVICE"}, {"Type": "TAG", "Key": "Team"}]
    assert more == {**usage, "NextPageToken": "more"}
    assert usage["Metrics"] == ["NetUnblendedCost"]


def test_less_than_a_day_is_refused() -> None:
    with pytest.raises(UserError, match="no whole day"):
        CostExplorer(Recorded(), "Team", "billed", NOW).charges(datetime(2026, 11, 24, tzinfo=UTC), None)


def test_a_refusal_is_not_an_empty_bill() -> None:
    class Refusing:
        def get_cost_and_usage(self, **_request: Any) -> dict[str, Any]:
            raise NoCredentialsError

    with pytest.raises(WorldError, match="ce:GetCostAndUsage"):
        CostExplorer(Refusing(), "Team", "billed", NOW).charges(None, None)


def test_the_command_reads_moto_s_answer(moto: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in moto.items():
        monkeypatch.setenv(name, value)
    answers = [{"ResultsByTime": USAGE}, {"ResultsByTime": OTHER}]
    httpx.post(f"{moto['AWS_ENDPOINT_URL']}/moto-api/static/ce/cost-and-usage-results", json={"results": answers})
    (tmp_path / "state.json").write_text(json.dumps(state()))
    asked = ["--source", "cost-explorer", "--state", str(tmp_path / "state.json"), "--format", "json"]
    done = CliRunner().invoke(spend, [*asked, "--by", "owner", "--from", "2026-11-22", "--until", "2026-11-24"])
    assert done.exit_code == 0, done.output
    lines = {one["name"]: one["amount"] for one in json.loads(done.stdout)["lines"]}
    assert lines["fraud · CC-1042"] == "3.30"
    assert lines["not attributed: no resource (tax)"] == "7"
