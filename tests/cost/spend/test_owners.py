"""Whom a charge belongs to, and that the lines add up to the bill whatever they are grouped by."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.cost.spend.build import ENDPOINT, cur_parquet, state
from trimtab.cost.model import Owner, Resource
from trimtab.cost.sources.stack_state import StackState
from trimtab.cost.spend import GROUPINGS, Charge, ChargeKind, Owners, document
from trimtab.cost.spend.export import BillingExport
from trimtab.cost.spend.tags import folded

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.spend import SpendDocument

NOW = datetime(2026, 11, 25, tzinfo=UTC)
STATE = StackState.from_text(json.dumps(state()), "stack prod")
STACK = Owners.of(STATE.resources(), STATE.resources_in_state)


def charge(resource: str, tags: dict[str, str] | None = None) -> Charge:
    return Charge(resource, "AmazonSageMaker", ChargeKind.USAGE, "USD", Decimal(1), tags or {})


def billed(tmp_path: Path, by: str, owners: Owners = STACK) -> SpendDocument:
    found = BillingExport(cur_parquet(tmp_path / "e.parquet")).charges(None, None)
    return document(found, owners, by, NOW)


@pytest.mark.parametrize("by", GROUPINGS)
def test_the_lines_add_up_to_the_bill(tmp_path: Path, by: str) -> None:
    made = billed(tmp_path, by)
    for total in made.totals:
        assert sum(one.amount for one in made.lines if one.currency == total.name) == total.amount
    for one in made.lines:
        assert sum(part.amount for part in one.kinds) == sum(part.amount for part in one.services) == one.amount
    assert sum(one.rows for one in made.lines) == 11


def test_by_id_first_then_by_tags_then_nobody_by_name(tmp_path: Path) -> None:
    lines = {one.name: one for one in billed(tmp_path, "owner").lines}
    assert lines["fraud · CC-1042"].amount == Decimal("0.05")  # the plan's fee is not the endpoint's
    assert lines["fraud · CC-1042"].by_id == Decimal("0.05")
    assert lines["research"].by_id == Decimal("32.7726")  # an instance, through its scaling group
    assert lines["search · CC-7"].by_tags == Decimal("0.2")
    nobody = {one.name: one.amount for one in lines.values() if not one.attributed}
    assert nobody == {
        "not attributed: its resource is of no stack and no owner's tag (usage)": Decimal("0.3"),
        "not attributed: no resource (tax)": 7,
        "not attributed: no resource (commitment)": Decimal("1.5"),
        "not attributed: no resource (other)": Decimal("0.01"),
        "not attributed: no resource (fee)": 3,
    }


@pytest.mark.parametrize(("by", "name"), [("component", "fraud"), ("model", "fraud-v3"), ("environment", "prod")])
def test_every_part_of_the_owner_is_a_grouping(tmp_path: Path, by: str, name: str) -> None:
    assert name in {one.name for one in billed(tmp_path, by).lines if one.ours}


def test_without_a_stack_tags_alone_tell(tmp_path: Path) -> None:
    lines = {one.name for one in billed(tmp_path, "owner", Owners()).lines if one.attributed}
    assert lines == {"search · CC-7"}


def test_an_inventory_knows_an_endpoint_by_the_end_of_its_arn_and_nothing_else_of_that_name() -> None:
    own = Resource(resource_id="atlas-prod-fraud", kind="sagemaker-endpoint", owner=Owner(team="fraud"))
    owners = Owners.of([own])
    assert owners.answerable(charge(ENDPOINT)).owner.team == "fraud"
    logs = "arn:aws:logs:eu-west-1:123456789012:endpoint/atlas-prod-fraud"
    assert owners.answerable(charge(logs)).by == "none"
    assert owners.answerable(charge("atlas-prod-fraud")).by == "none"


def test_an_id_of_two_components_belongs_to_neither() -> None:
    twice = [Resource(resource_id="i-1", kind="machine", component=name) for name in ("a", "b")]
    assert Owners.of(twice).answerable(charge("i-1")).by == "none"
    assert Owners.of(twice[:1]).answerable(charge("i-1")).component == "a"


def test_a_component_s_tag_brings_the_stack_s_owner() -> None:
    found = STACK.answerable(charge("i-7", {"component": "fraud", "team": "somebody"}))
    assert (found.by, found.ours, found.owner.cost_center) == ("tags", True, "CC-1042")


@pytest.mark.parametrize("key", ["CostCenter", "user_cost_center", "user:CostCenter", "resourceTags/CostCenter"])
def test_tags_are_one_however_an_export_writes_them(key: str) -> None:
    assert folded(key) == "costcenter"


def test_a_document_reads_back(tmp_path: Path) -> None:
    made = billed(tmp_path, "owner")
    (tmp_path / "spend.json").write_text(made.dumps())
    assert type(made).read(tmp_path / "spend.json") == made
