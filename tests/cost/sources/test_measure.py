"""The reduction against plain pandas over the same samples, and every kind of broken sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from tests.cost.sources.build import CPU, GPU, Recorded, machines, replicas, samples_of
from trimtab.cost.model import Resource
from trimtab.cost.model.bins import bin_of
from trimtab.cost.sources.apart import together
from trimtab.cost.sources.census import Block
from trimtab.cost.sources.files import UsageFile
from trimtab.cost.sources.measure import measure
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ibis.backends.duckdb import Backend

    from trimtab.cost.model.reduced import Reduced


def reduced(
    connection: Backend, frame: pd.DataFrame, resources: Sequence[Resource], *, profile: bool = False
) -> Reduced:
    return measure(Recorded(connection, frame).samples(resources, None), resources, profile=profile)


def codes(result: Reduced) -> dict[str, int]:
    return {defect.code: defect.count for defect in result.defects}


def entries(result: Reduced) -> pd.DataFrame:
    """Every day's histogram as rows `resource, day, bin, n`."""
    frames = [
        part.days[["resource", "key", "day"]]
        .loc[np.repeat(part.days.index, part.sizes)]
        .assign(bin=part.bins, n=part.counts.astype(int))
        for part in result.parts
    ]
    return pd.concat(frames, ignore_index=True)


def days(result: Reduced) -> pd.DataFrame:
    return pd.concat([part.days for part in result.parts], ignore_index=True)


def test_histograms_are_what_pandas_counts(connection: Backend) -> None:
    load = np.random.default_rng(1).gamma(2, 10, 3_000).clip(0, 126)
    frame = samples_of({"a": load, "b": load[::-1]})
    found = reduced(connection, frame.sample(frac=1, random_state=1), machines("a", "b"))
    plain = frame.assign(day=frame["ts"].dt.floor("D"), bin=bin_of(frame["value"].to_numpy() / 100))
    counted = plain.groupby(["resource_id", "day", "bin"]).size()
    assert entries(found)["n"].tolist() == counted.tolist()
    assert entries(found)["bin"].tolist() == counted.index.get_level_values("bin").tolist()
    daily = plain.groupby(["resource_id", "day"]).agg(
        total=("value", "sum"), first=("ts", "min"), last=("ts", "max"), top=("bin", "max")
    )
    assert days(found)["total"].tolist() == pytest.approx((daily["total"] / 100).tolist())
    for name, plainly in (("first", "first"), ("last", "last"), ("peak_bin", "top")):
        assert days(found)[name].tolist() == daily[plainly].tolist()
    top = plain[plain["bin"] == plain.groupby(["resource_id", "day"])["bin"].transform("max")]
    assert days(found)["peak_at"].tolist() == top.groupby(["resource_id", "day"])["ts"].max().tolist()


def test_blocks_of_resources_give_what_one_pass_gives(connection: Backend, tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    frame = samples_of({name: rng.uniform(0, 100, 900) for name in "abc"})
    inventory = machines("a", "b", "c")
    whole = reduced(connection, frame, inventory)
    path = tmp_path / "usage.parquet"
    frame.to_parquet(path, index=False, row_group_size=900)
    read = UsageFile(connection, path).samples(inventory, None)
    scattered = Recorded(connection, frame.sort_values("ts")).samples(inventory, None)
    assert read.runs() is not None
    assert scattered.runs() is None  # so its blocks are written first
    for samples in (read, scattered):
        found = measure(samples, inventory, most=900)
        assert len(found.parts) == 3
        assert entries(found).equals(entries(whole))
        assert found.newest == whole.newest


@pytest.mark.parametrize(("spread", "near"), [(1, True), (10, True), (40, False)])
def test_samples_lie_together_where_few_blocks_share_a_run(spread: int, near: bool) -> None:
    blocks = [Block((f"{n:02}",)) for n in range(40)]
    runs = pd.DataFrame(
        {
            "first": [f"{n // spread * spread:02}" for n in range(40)],
            "last": [f"{n // spread * spread + spread - 1:02}" for n in range(40)],
        }
    ).assign(rows=100)
    assert together(runs, blocks) == near
    assert not together(runs.assign(last=None), blocks)  # a file whose footer does not tell


def test_microseconds_apart_is_no_duplicate(connection: Backend) -> None:
    frame = samples_of({"a": [10.0] * 10}, start="1999-12-31 23:59:59.600000", step="1us")
    assert codes(reduced(connection, frame, machines("a"))) == {}
    assert days(reduced(connection, frame, machines("a")))["last"].tolist() == [frame["ts"].max()]


def test_hours_of_the_week_are_what_pandas_means(connection: Backend) -> None:
    frame = samples_of({"a": np.arange(2_016 * 2) % 97})
    hours = reduced(connection, frame, machines("a"), profile=True).parts[0].hours.sort_values("hour")
    of_week = frame["ts"].dt.day_of_week * 24 + frame["ts"].dt.hour
    plain = frame.groupby(of_week)["value"].agg(["mean", "max", "size"])
    assert hours["hour"].tolist() == list(range(168))
    assert hours["mean"].tolist() == pytest.approx((plain["mean"] / 100).tolist())
    assert hours["peak"].tolist() == pytest.approx((plain["max"] / 100).tolist())
    assert hours["samples"].tolist() == plain["size"].tolist()


def test_a_fleet_s_demand_is_the_sum_of_its_members(connection: Backend) -> None:
    rng = np.random.default_rng(2)
    frame = samples_of({"p1": rng.uniform(0, 100, 300), "p2": rng.uniform(0, 100, 300)}, GPU, step="1min")
    series = reduced(connection, frame, replicas("p1", "p2")).fleets["llm"]
    plain = frame.groupby("ts")["value"].sum() / 100
    assert series.replicas.tolist() == pytest.approx(plain.tolist())
    assert series.step_minutes == 1
    assert series.start == frame["ts"].min().timestamp()


def test_a_member_that_stands_for_several_units_weighs_as_many(connection: Backend) -> None:
    frame = samples_of({"asg": [50.0] * 50}, GPU)
    pool = [Resource(resource_id="asg", kind="gpu-training-pool", count=8)]
    series = reduced(connection, frame, pool).fleets["asg"]
    assert series.replicas.tolist() == [4.0] * 50
    assert series.bounded


def test_members_that_report_at_different_seconds_are_brought_to_one_step(connection: Backend) -> None:
    frame = pd.concat(
        [
            samples_of({"p1": [30.0] * 100}, GPU, start="2026-01-05 00:00:07"),
            samples_of({"p2": [50.0] * 100}, GPU, start="2026-01-05 00:03:11"),
            samples_of({"p3": [20.0] * 100}, GPU, start="2026-01-05 00:01:59"),
        ]
    )
    series = reduced(connection, frame, replicas("p1", "p2", "p3")).fleets["llm"]
    assert series.step_minutes == 5
    assert series.replicas.tolist() == pytest.approx([1.0] * 100)


def test_a_gap_of_the_whole_fleet_stays_a_gap(connection: Backend) -> None:
    frame = samples_of({"p1": [30.0] * 100}, GPU)
    series = reduced(connection, frame.drop(index=range(40, 50)), replicas("p1")).fleets["llm"]
    assert len(series.replicas) == 100
    assert np.flatnonzero(np.isnan(series.replicas)).tolist() == list(range(40, 50))


def test_requests_are_replicas_worth_of_the_stated_capacity(connection: Backend) -> None:
    frame = samples_of({"p1": [30.0] * 20, "p2": [10.0] * 20}, "requests_per_second")
    stated = reduced(connection, frame, replicas("p1", "p2", unit_capacity=20)).fleets["llm"]
    assert stated.replicas.tolist() == [2.0] * 20
    assert not stated.proven
    unstated = reduced(connection, frame, replicas("p1", "p2")).fleets["llm"]
    assert unstated.replicas.tolist() == [2.0] * 20  # its peak is all of today's two replicas full
    assert unstated.proven


BROKEN = [
    (np.nan, "not-a-number", 0.0),
    (np.inf, "infinite", 0.0),
    (-np.inf, "infinite", 0.0),
    (-50.0, "negative", 0.0),
    (-0.4, "slightly-negative", 1.0),
    (5_000.0, "impossible", 1.0),
]


@pytest.mark.parametrize(("value", "code", "kept"), BROKEN)
def test_every_broken_sample_is_named_counted_and_repaired_by_rule(
    connection: Backend, value: float, code: str, kept: float
) -> None:
    frame = samples_of({"a": [10.0] * 99 + [value]})
    result = reduced(connection, frame, machines("a"))
    assert codes(result) == {code: 1}
    assert days(result)["n"].sum() == 99 + kept
    assert days(result)["total"].sum() >= 9.9 - 1e-9


def test_an_impossible_sample_still_counts_as_full(connection: Backend) -> None:
    result = reduced(connection, samples_of({"a": [10.0] * 99 + [5_000.0]}), machines("a"))
    assert days(result)["peak_bin"].max() == bin_of(np.array([2.0]))[0]


def test_126_percent_is_a_load_and_no_defect(connection: Backend) -> None:
    result = reduced(connection, samples_of({"a": [10.0] * 50 + [126.07] * 50}), machines("a"))
    assert not result.defects
    assert days(result)["peak_bin"].max() == bin_of(np.array([1.2607]))[0]


def test_a_metric_in_another_unit_is_refused(connection: Backend) -> None:
    frame = samples_of({"a": [1e9] * 100}, "memory_utilization_percent")
    with pytest.raises(UserError, match=r"100 of 100 samples of memory_utilization_percent.*above 110"):
        reduced(connection, frame, machines("a"))


def test_duplicates_count_once_and_as_the_higher_one(connection: Backend) -> None:
    frame = samples_of({"a": [10.0] * 100})
    twice = pd.concat([frame, frame.tail(5).assign(value=40.0), frame.head(3)])
    result = reduced(connection, twice, machines("a"))
    assert codes(result) == {"duplicate": 8}
    assert days(result)["n"].sum() == 100
    assert days(result)["total"].sum() == pytest.approx(95 * 0.1 + 5 * 0.4)


def test_strangers_and_unread_metrics_are_named(connection: Backend) -> None:
    frame = pd.concat(
        [samples_of({"a": [10.0] * 9, "stranger": [1.0] * 4}), samples_of({"a": [3.0] * 2}, "disk_bytes")]
    )
    result = reduced(connection, frame, machines("a"))
    assert codes(result) == {"not-in-inventory": 4, "metric-not-used": 2}
    assert any("stranger" in one.repair for one in result.defects)
    assert days(result)["resource"].unique().tolist() == [result.codes["a"]]


def test_samples_without_a_time_are_dropped_and_counted(connection: Backend) -> None:
    frame = samples_of({"a": [10.0] * 10})
    frame.loc[3, "ts"] = pd.NaT
    result = reduced(connection, frame, machines("a"))
    assert codes(result) == {"no-time": 1}
    assert days(result)["n"].sum() == 9
    assert result.by_resource["a"][0].code == "no-time"


def test_nothing_before_the_asked_time_is_the_user_s_mistake(connection: Backend) -> None:
    with pytest.raises(UserError, match="no samples"):
        reduced(connection, samples_of({"a": [1.0]}).head(0), machines("a"))


def test_metric_order_of_the_kind_decides_what_a_fleet_is_sized_by(connection: Backend) -> None:
    both = pd.concat([samples_of({"p1": [90.0] * 9}, CPU), samples_of({"p1": [10.0] * 9}, GPU)])
    assert reduced(connection, both, replicas("p1")).fleets["llm"].metric == GPU
