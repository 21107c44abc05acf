"""A fleet's utilisation is of the units that ran, and its demand of the units that there may be."""

from __future__ import annotations

import pandas as pd
import pytest

from trimtab.cost.model import Resource
from trimtab.cost.sources.in_service import PER_UNIT, TOTAL, full_invocations, of_declared, split_units

NOON, LATER, LATEST = (pd.Timestamp(f"2026-03-02 12:{minute:02}") for minute in (0, 5, 10))
POOL = Resource(resource_id="pool", kind="gpu-training-pool", instance_type="g5.xlarge", count=4)


def points(*rows: tuple[str, pd.Timestamp, float]) -> pd.DataFrame:
    return pd.DataFrame([("pool", *row) for row in rows], columns=["resource_id", "metric", "ts", "value"])


def test_requests_over_requests_of_one_unit_are_the_units() -> None:
    read = points(("use", NOON, 0.5), (TOTAL, NOON, 600.0), (PER_UNIT, NOON, 200.0))
    demand, units = split_units(read)
    assert list(demand["metric"]) == ["use"]
    assert list(units["units"]) == [3.0]


def test_a_moment_without_requests_tells_no_number() -> None:
    _, units = split_units(
        points((TOTAL, NOON, 0.0), (PER_UNIT, NOON, 0.0), (TOTAL, LATER, 9.0), (PER_UNIT, LATER, 3.0))
    )
    assert list(units["ts"]) == [LATER]


def test_half_busy_units_of_which_half_ran_are_a_quarter() -> None:
    demand, units = split_units(points(("use", NOON, 50.0), (TOTAL, NOON, 2.0)))
    assert of_declared(demand, units, [POOL])["value"].tolist() == [25.0]


def test_no_unit_means_no_demand_rather_than_no_sample() -> None:
    demand, units = split_units(points(("use", NOON, 50.0), (TOTAL, NOON, 4.0), (TOTAL, LATER, 0.0)))
    told = of_declared(demand, units, [POOL]).set_index("ts")["value"]
    assert told[NOON] == 50.0
    assert told[LATER] == 0.0


def test_a_moment_that_tells_no_number_has_the_one_before() -> None:
    demand, units = split_units(points(("use", NOON, 50.0), (TOTAL, NOON, 2.0), ("use", LATEST, 100.0)))
    assert of_declared(demand, units, [POOL]).set_index("ts")["value"][LATEST] == pytest.approx(50.0)


def test_what_tells_no_units_is_left_as_it_was() -> None:
    demand, units = split_units(points(("use", NOON, 50.0)))
    assert of_declared(demand, units, [POOL]).equals(demand)


def served(count: int, per_unit: float, percent: float) -> pd.DataFrame:
    """An endpoint at five-minute steps: invocations of one instance in each, and how busy they kept it."""
    moments = pd.date_range("2026-03-02", periods=count, freq="5min")
    return pd.concat(
        pd.DataFrame({"resource_id": "e", "metric": metric, "ts": moments, "value": value})
        for metric, value in ((PER_UNIT, per_unit), ("gpu_utilization_percent", percent))
    )


ENDPOINT = Resource(resource_id="e", kind="sagemaker-endpoint", instance_type="ml.g5.xlarge", count=4)


def test_invocations_of_a_full_unit_are_those_over_its_busy_time() -> None:
    # 1,500 in five minutes kept an instance 25 % busy: 300 a minute, of the 1,200 that it could bear.
    assert full_invocations(served(200, 1_500, 25), 300, [ENDPOINT]) == {"e": pytest.approx(1_200)}


def test_too_few_moments_of_work_say_nothing() -> None:
    assert full_invocations(served(99, 1_500, 25), 300, [ENDPOINT]) == {}
    assert full_invocations(served(200, 0, 25), 300, [ENDPOINT]) == {}


def test_a_pool_has_no_invocations() -> None:
    assert full_invocations(points(("gpu_utilization_percent", NOON, 50.0), (TOTAL, NOON, 2.0)), 60, [POOL]) == {}
