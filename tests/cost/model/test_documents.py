"""What a stage writes, the next one reads back equal."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from pydantic import ValidationError

from tests.cost.sources.build import GPU, Recorded, machines, replicas, samples_of
from trimtab.cost.model import (
    AdviceDocument,
    Change,
    ChangeDocument,
    Held,
    HeldCode,
    InventoryDocument,
    Recommendation,
    Replicas,
    SpecEdit,
    Subject,
)
from trimtab.cost.pipeline import recommend
from trimtab.cost.prices.snapshot import Snapshot
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sources.engine import connect
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def document() -> AdviceDocument:
    resources = [*machines("vm"), *replicas("p1", "p2", instance_type="g5.xlarge", region="us-east-1")]
    frame = samples_of({"vm": [10.0 + n % 7 for n in range(4_000)]})
    frame = pd.concat([frame, samples_of({"p1": [20.0 + n % 9 for n in range(4_000)]}, GPU)])
    return recommend(resources, Recorded(connect(), frame), Snapshot(), STRATEGIES["trimtab"])


def test_advice_reads_back_equal(document: AdviceDocument, tmp_path: Path) -> None:
    path = tmp_path / "advice.json"
    path.write_text(document.dumps())
    assert AdviceDocument.read(path) == document


def test_changes_read_back_equal(document: AdviceDocument, tmp_path: Path) -> None:
    advice = document.advice[0]
    assert isinstance(advice, Recommendation)
    edit = SpecEdit(name="maxNodes", spec_path="trainingPools[0].maxNodes", unit="nodes", before=8, after=4)
    held = Held(advice=document.advice[1], code=HeldCode.BLAST_RADIUS, reason="too much at once")
    changes = ChangeDocument(
        created=datetime(2026, 11, 24, tzinfo=UTC), stack="dev", decisions=(Change(advice=advice, edits=(edit,)), held)
    )
    path = tmp_path / "changes.json"
    path.write_text(changes.dumps())
    assert ChangeDocument.read(path) == changes


def test_the_file_contract_holds(document: AdviceDocument) -> None:
    written = json.loads(document.dumps())
    assert written["schema"] == "trimtab.cost.advice/1"
    machine, fleet = written["advice"]
    assert machine["subject"] == {"resource_id": "vm"}
    assert fleet["subject"] == {"fleet": "llm"}
    assert {machine["status"], fleet["status"]} == {"recommendation"}
    assert machine["target"] == {"capacity_fraction": 0.25}
    plan = fleet["target"]["replicas"]
    assert set(plan) == {"min", "max", "hourly", "autoscale"}
    assert set(plan["autoscale"]) == {"target_percent", "scale_down_after_minutes"}
    assert machine["reason"]


def test_money_is_text_and_never_a_float(document: AdviceDocument) -> None:
    savings = json.loads(document.dumps())["advice"][1]["savings"]
    assert savings["status"] == "priced"
    assert isinstance(savings["monthly_before"], str)
    assert Decimal(savings["monthly_before"]) == (Decimal("1.006") * 2 * 730).quantize(Decimal("0.01"))


@pytest.mark.parametrize(
    ("content", "word"), [("{", "is not a"), ("[]", "is not a"), ('{"schema": "trimtab.cost.inventory/9"}', "schema")]
)
def test_another_file_is_refused(tmp_path: Path, content: str, word: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)
    with pytest.raises(UserError, match=word):
        InventoryDocument.read(path)


def test_a_missing_file_is_the_user_s_mistake(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        InventoryDocument.read(tmp_path / "absent.json")


def test_a_subject_is_one_thing() -> None:
    with pytest.raises(ValidationError):
        Subject()
    with pytest.raises(ValidationError):
        Subject(resource_id="a", fleet="b")


def test_a_plan_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValidationError, match="min 3 is above max 2"):
        Replicas(min=3, max=2)
    with pytest.raises(ValidationError, match="24 floors"):
        Replicas(min=1, max=2, hourly=(1,) * 24)
