"""Walks the registry: every kind says all that it must."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from trimtab.cost.kinds import KINDS, Kind, Shape, groups
from trimtab.cost.model import Autoscale, FleetTarget, MachineTarget, Replicas, Resource
from trimtab.spec.sizing import Kind as SpecKind
from trimtab.spec.sizing import SizingField

DOCS = Path(__file__).parents[3] / "docs" / "cost" / "kinds.md"
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def test_every_kind_that_a_component_may_register_is_known() -> None:
    assert set(get_args(SpecKind)) == set(KINDS)


@every_kind
def test_it_says_what_it_measures_and_what_it_must_never_cross(kind: Kind) -> None:
    assert kind.demands
    assert kind.title
    assert len(kind.never_cross.split()) > 5
    metrics = [demand.metric for demand in kind.demands]
    assert len(set(metrics)) == len(metrics)
    assert all(metric.rsplit("_", 1)[-1] in {"percent", "second"} for metric in metrics)
    assert all(demand.ceiling >= (demand.full or 0) for demand in kind.demands)


@every_kind
def test_it_is_documented(kind: Kind) -> None:
    assert f"## `{kind.id}`" in DOCS.read_text(encoding="utf-8")


@every_kind
def test_without_fields_nothing_is_changed(kind: Kind) -> None:
    bare = Resource(resource_id="r", kind=kind.id)
    for target in (MachineTarget(capacity_fraction=0.5), FleetTarget(replicas=Replicas(min=1, max=2))):
        assert kind.edits(bare, target) == ()


def field(name: str, unit: str, current: int | str, allowed: tuple[int | str, ...]) -> SizingField:
    return SizingField.model_validate(
        {"name": name, "specPath": f"x.{name}", "unit": unit, "current": current, "allowed": allowed}
    )


def test_a_pool_s_bounds_are_set_within_its_steps() -> None:
    pool = Resource(
        resource_id="p",
        kind="gpu-training-pool",
        fields=(
            field("maxNodes", "nodes", 16, tuple(range(1, 33))),
            field("minNodes", "nodes", 4, (0, 2, 4, 8)),
            field("targetPercent", "percent", 50, (50, 60, 70, 80)),
        ),
    )
    plan = Replicas(min=3, max=9, autoscale=Autoscale(target_percent=74, scale_down_after_minutes=60))
    edits = KINDS["gpu-training-pool"].edits(pool, FleetTarget(replicas=plan))
    assert {edit.name: (edit.before, edit.after) for edit in edits} == {
        "maxNodes": (16, 9),
        "targetPercent": (50, 70),  # rounded to the safe side; minNodes stays 4, the next step over 3
    }


def test_a_machine_takes_the_smallest_type_that_holds_the_fraction() -> None:
    sizes = ("m5.large", "m5.xlarge", "m5.2xlarge", "m5.4xlarge")
    machine = Resource(
        resource_id="m",
        kind="machine",
        instance_type="m5.4xlarge",
        fields=(field("instanceType", "instanceType", "m5.4xlarge", sizes),),
    )

    def after(fraction: float) -> list[int | str | float | bool]:
        edits = KINDS["machine"].edits(machine, MachineTarget(capacity_fraction=fraction))
        return [edit.after for edit in edits]

    assert after(0.25) == ["m5.xlarge"]
    assert after(0.3) == ["m5.2xlarge"]
    assert after(1) == []


def test_members_of_a_fleet_are_one_subject_and_machines_are_not() -> None:
    resources = [
        Resource(resource_id="m", kind="machine", fleet="f"),
        Resource(resource_id="p1", kind="gpu-replica", fleet="f"),
        Resource(resource_id="e", kind="sagemaker-endpoint", count=3),
        Resource(resource_id="p2", kind="gpu-replica", fleet="f", count=2),
    ]
    found = groups(resources)
    assert [(group.subject.name, len(group.members), group.units) for group in found] == [
        ("m", 1, 1),
        ("f", 2, 3),
        ("e", 1, 3),
    ]
    assert all(KINDS[group.lead.kind].shape is Shape.FLEET for group in found[1:])
