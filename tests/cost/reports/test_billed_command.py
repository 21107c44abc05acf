"""`trimtab cost report --spend` on an export, for a stack of which advice was saved: it needs no cloud."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cost.reports.sample import inputs
from tests.cost.spend.build import cur_parquet, cur_row
from tests.support.cloud import trimtab

if TYPE_CHECKING:
    from tests.support.cloud import Finished

ROOT = Path(__file__).parents[3]
ARN = "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/fraud-scorer"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "stacks").mkdir()
    for name in ("Pulumi.yaml", "stacks/Pulumi.prod.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "advice.json").write_text(inputs().advice.dumps())
    cur_parquet(tmp_path / "bill.parquet", [cur_row(1, ARN, "Usage", 130.0), cur_row(2, "", "Tax", 7.0)])
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL", "TRIMTAB_STACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("TRIMTAB_HOME", str(tmp_path / "home"))
    return tmp_path


def report(project: Path, *more: str) -> Finished:
    return trimtab(
        "cost", "report", "--stack", "prod", "--advice", "advice.json", "--format", "json", *more, cwd=project
    )


def test_the_bill_stands_beside_what_was_computed(project: Path) -> None:
    done = report(project, "--spend", "bill.parquet", "--week", "2026-W48", "-o", "report.json")
    assert done.code == 0, done.stderr
    billed = json.loads((project / "report.json").read_text())["billed"]
    amounts = {one["name"]: Decimal(one["billed"]) for one in billed["groups"]}
    assert amounts["fraud-scorer"] == 130
    assert [(one["name"], Decimal(one["amount"])) for one in billed["nobody"]] == [("tax, no resource", Decimal(7))]


def test_a_bill_of_another_week_is_refused(project: Path) -> None:
    done = report(project, "--spend", "bill.parquet", "--week", "2026-W40")
    assert done.code == 2
    assert "has no row from 2026-09-28" in done.stderr


def test_of_several_stacks_it_is_refused(project: Path) -> None:
    done = trimtab("cost", "report", "--organisation", "o.yaml", "--spend", "bill.parquet", cwd=project)
    assert done.code == 2
    assert "takes no --advice" in done.stderr
