"""Walks the registry: every kind says all that it must."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from trimtab.cost.kinds import KINDS, Kind, Shape, groups
from trimtab.cost.model import (
    Autoscale,
    FleetTarget,
    MachineTarget,
    Replicas,
    Requests,
    RequestsTarget,
    Resource,
    Unpriced,
)
from trimtab.spec.serving_capacity import RealTime
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
    assert all(metric.rsplit("_", 1)[-1] in {"percent", "second", "millicores", "mib"} for metric in metrics)
    assert all(demand.ceiling >= (demand.full or 0) for demand in kind.demands)


@every_kind
def test_it_is_documented(kind: Kind) -> None:
    assert f"## `{kind.id}`" in DOCS.read_text(encoding="utf-8")


@every_kind
def test_without_fields_nothing_is_changed(kind: Kind) -> None:
    bare = Resource(resource_id="r", kind=kind.id)
    targets = (
        MachineTarget(capacity_fraction=0.5),
        FleetTarget(replicas=Replicas(min=1, max=2)),
        RequestsTarget(requests=Requests(cpu_millicores=100, memory_mib=128, gpus=1)),
    )
    for target in targets:
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


HOURLY = tuple(3 if hour % 24 in range(7, 19) and hour < 120 else 1 for hour in range(168))


def capacity(floors: str) -> Resource:
    """An endpoint as its component registers it, with floors by hour."""
    form = RealTime.model_validate(
        {"form": "real-time", "instanceType": "ml.g5.xlarge", "minInstances": 2, "maxInstances": 4,
         "targetInvocationsPerInstance": 60, "hourlyFloors": floors}
    )  # fmt: skip
    fields = form.sizing_fields("servingEndpoints[0].capacity.")
    return Resource(resource_id="e", kind="sagemaker-endpoint", count=4, fields=fields)


@pytest.mark.parametrize(
    ("declared", "plan", "after"),
    [
        ("none", Replicas(min=1, max=4, hourly=HOURLY), "mon-fri 07-19 = 3"),
        ("none", Replicas(min=1, max=4), None),
        ("mon-fri 07-19 = 3", Replicas(min=1, max=4, hourly=HOURLY), None),
        ("mon-fri 08-20 = 2", Replicas(min=1, max=4, hourly=HOURLY), "mon-fri 07-19 = 3"),
        # Not none: the action of one floor for the whole week takes back what the last of the old ones set.
        ("mon-fri 07-19 = 3", Replicas(min=1, max=4), "mon-sun 00-24 = 1"),
        # Never above the ceiling that is declared after the change.
        ("none", Replicas(min=1, max=2, hourly=HOURLY), "mon-fri 07-19 = 2"),
    ],
)
def test_floors_by_hour_are_set_as_one_text(declared: str, plan: Replicas, after: str | None) -> None:
    edits = KINDS["sagemaker-endpoint"].edits(capacity(declared), FleetTarget(replicas=plan))
    found = {edit.name: edit.after for edit in edits}
    assert found.get("hourlyFloors") == after
    assert found["minInstances"] == 1


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


def test_a_workload_s_requests_are_set_by_their_units() -> None:
    workload = Resource(
        resource_id="w",
        kind="kubernetes-workload",
        fields=(
            field("cpuRequest", "millicores", 2_000, (100, 250, 500, 1_000, 2_000)),
            field("memoryRequest", "MiB", 512, (256, 512, 1_024)),
            field("gpus", "gpus", 1, (1,)),
        ),
    )
    wanted = Requests(cpu_millicores=260, memory_mib=600, gpus=1)
    edits = KINDS["kubernetes-workload"].edits(workload, RequestsTarget(requests=wanted))
    assert {edit.name: (edit.before, edit.after) for edit in edits} == {
        "cpuRequest": (2_000, 500),
        "memoryRequest": (512, 1_024),
    }


def test_a_karpenter_pool_s_limit_is_in_gpus_and_its_wait_in_minutes() -> None:
    pool = Resource(
        resource_id="p",
        kind="karpenter-gpu-pool",
        instance_type="p4d.24xlarge",
        fields=(
            field("gpuLimit", "gpus", 64, tuple(range(0, 129, 8))),
            field("consolidateAfter", "minutes", 120, (5, 15, 30, 60, 120)),
        ),
    )
    plan = Replicas(min=0, max=3, autoscale=Autoscale(target_percent=100, scale_down_after_minutes=45))
    edits = KINDS["karpenter-gpu-pool"].edits(pool, FleetTarget(replicas=plan))
    assert {edit.name: edit.after for edit in edits} == {"gpuLimit": 24, "consolidateAfter": 60}


def test_a_fleet_s_scaler_is_set_by_the_units_of_its_fields() -> None:
    served = Resource(
        resource_id="s",
        kind="kserve-replicas",
        fields=(
            field("minReplicas", "replicas", 4, tuple(range(9))),
            field("maxReplicas", "replicas", 8, tuple(range(1, 17))),
            field("scaleTarget", "percent", 50, (50, 60, 70, 80)),
            field("stabilisation", "minutes", 5, (5, 10, 20, 40)),
        ),
    )
    plan = Replicas(min=2, max=6, autoscale=Autoscale(target_percent=66, scale_down_after_minutes=20))
    edits = KINDS["kserve-replicas"].edits(served, FleetTarget(replicas=plan))
    assert {edit.name: edit.after for edit in edits} == {
        "minReplicas": 2,
        "maxReplicas": 6,
        "scaleTarget": 60,
        "stabilisation": 20,
    }


@pytest.mark.parametrize(("measured", "target"), [(1_000.0, 630), (None, 600)])
def test_an_endpoint_s_target_is_what_was_seen_to_fill_an_instance(measured: float | None, target: int) -> None:
    capacity = RealTime(
        form="real-time", instance_type="ml.g5.xlarge", min_instances=1, max_instances=8,
        target_invocations_per_instance=600,
    )  # fmt: skip
    fields = capacity.sizing_fields("servingEndpoints[0].capacity.")
    endpoint = Resource(resource_id="e", kind="sagemaker-endpoint", fields=fields, full_invocations=measured)
    plan = Replicas(min=1, max=8, autoscale=Autoscale(target_percent=66, scale_down_after_minutes=40))
    edits = {edit.name: edit.after for edit in KINDS["sagemaker-endpoint"].edits(endpoint, FleetTarget(replicas=plan))}
    assert edits["scaleInCooldownSeconds"] == 2_700  # 40 minutes, and no sooner
    after = edits.get("targetInvocationsPerInstance", 600)
    assert isinstance(after, int)
    assert after <= 660  # 66 % of a thousand, rounded down to a step of 9 %
    assert after == pytest.approx(target, rel=0.05)


@pytest.mark.parametrize(
    ("requests", "share"),
    [
        ({"cpu_millicores": 4_800, "memory_mib": 9_830.4}, 0.1),  # g5.12xlarge: 48 vCPUs, 192 GiB, four GPUs
        ({"cpu_millicores": 4_800, "memory_mib": 98_304}, 0.5),
        ({"cpu_millicores": 4_800, "gpus": 3}, 0.75),
    ],
)
def test_a_part_of_a_node_costs_its_largest_share(requests: dict[str, float], share: float) -> None:
    kind = KINDS["kubernetes-workload"]
    one = Resource(resource_id="w", kind=kind.id, instance_type="g5.12xlarge", requests=Requests(**requests))
    assert kind.share is not None
    assert kind.share(one) == pytest.approx(share)


@pytest.mark.parametrize(
    ("instance_type", "requests", "words"),
    [("kubernetes", {"gpus": 1}, "kubernetes"), ("", {"gpus": 1}, "not known"), ("g5.xlarge", {}, "what it requests")],
)
def test_a_share_that_is_not_known_has_a_reason(instance_type: str, requests: dict[str, float], words: str) -> None:
    kind = KINDS["kubernetes-workload"]
    found = Resource(resource_id="w", kind=kind.id, instance_type=instance_type, requests=Requests(**requests))
    assert kind.share is not None
    share = kind.share(found)
    assert isinstance(share, Unpriced)
    assert words in share.reason


def test_a_replica_whose_requests_nobody_told_has_a_node_alone() -> None:
    kind = KINDS["kserve-replicas"]
    assert kind.share is not None
    assert kind.share(Resource(resource_id="s", kind=kind.id, instance_type="g5.12xlarge")) == 1
    part = Resource(resource_id="s", kind=kind.id, instance_type="g5.12xlarge", requests=Requests(gpus=1))
    assert kind.share(part) == 0.25
