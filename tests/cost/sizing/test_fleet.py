from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from tests.cost.sizing.build import series_of
from trimtab.cost.kinds import KINDS
from trimtab.cost.model import FleetTarget, Resource
from trimtab.cost.sizing.fleet import Limits, allowance, ceiling, choose
from trimtab.cost.sizing.plan import capacity, violation
from trimtab.cost.sizing.rhythm import explained, hourly_plans
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sizing.windows import SEGMENTS, in_windows
from trimtab.spec.hourly_floors import actions, written
from trimtab.spec.serving_capacity import RealTime

LIMITS = Limits(now=40, least=1, bounded=False, budget=0.005)


def noisy(level: float, samples: int, seed: int = 0) -> np.ndarray:
    drawn: np.ndarray = np.random.default_rng(seed).gamma(20, level / 20, samples)
    return drawn


def daily(samples: int, step_minutes: float) -> np.ndarray:
    hours = np.arange(samples) * step_minutes / 60 % 24
    load: np.ndarray = 4 + 12 * ((hours >= 8) & (hours < 18)) + noisy(1, samples)
    return load


def test_the_docstring_s_allowances_are_what_it_yields() -> None:
    samples, shares = (
        [float(number.replace(",", "")) for number in re.findall(r"\d[\d,.]*", line.split("%")[-1][2:])]
        for line in (allowance.__doc__ or "").splitlines()
        if re.match(r"\s+(samples \(|allowed share)", line)
    )
    assert len(samples) == len(shares) == 5
    for count, share in zip(samples, shares, strict=True):
        assert round(allowance(int(count), 0.005) * 100, 2) == share


def test_the_choice_keeps_the_budget_and_saves() -> None:
    demand = series_of(noisy(8, 4_000), step_minutes=5)
    best, weighed = choose(demand, LIMITS)
    assert best.violation <= LIMITS.budget
    assert best.cost < LIMITS.now / 2
    assert best.violation == violation(demand, capacity(best.plan, demand))
    assert best.cost == capacity(best.plan, demand).mean()
    cheaper = [one for one in weighed if one.cost < best.cost]
    assert cheaper
    assert all(one.violation > allowance(4_000, LIMITS.budget) for one in cheaper)


def test_a_zone_s_worth_of_replicas_is_never_given_back() -> None:
    demand = series_of(noisy(0.5, 4_000), step_minutes=5)
    best, _ = choose(demand, Limits(now=40, least=3, bounded=False, budget=0.005))
    assert best.plan.min == 3


def test_the_ceiling_leaves_room_unless_demand_cannot_pass_what_is_there() -> None:
    load = noisy(8, 1_000)
    assert ceiling(load, LIMITS) >= 2 * load.max()
    assert ceiling(load, Limits(now=12, least=1, bounded=True, budget=0.005)) == 12


def test_an_outage_of_the_clients_does_not_end_in_an_overload() -> None:
    load = noisy(8, 4_000)
    load[2_000:2_100] = 0
    demand = series_of(load, step_minutes=5)
    best, _ = choose(demand, LIMITS)
    assert best.plan.min >= np.median(load) - 1
    back = slice(2_100, 2_103)
    assert (load[back] <= capacity(best.plan, demand)[back] * 1.5).all()


def test_where_nothing_keeps_the_budget_the_least_harm_is_chosen() -> None:
    load = np.where(np.arange(2_000) % 20 == 0, 30.0, 0.1)
    best, weighed = choose(series_of(load, step_minutes=60), Limits(now=20, least=1, bounded=True, budget=0.005))
    assert best.violation == min(one.violation for one in weighed)


@pytest.mark.parametrize(("days", "found"), [(1, False), (6, True)])
def test_a_daily_rhythm_is_believed_once_it_was_seen_twice(days: int, found: bool) -> None:
    demand = series_of(daily(days * 288, 5), step_minutes=5)
    assert (explained(demand, 24) > 0.5) == found


def test_noise_is_no_rhythm() -> None:
    demand = series_of(noisy(8, 6 * 288), step_minutes=5)
    assert hourly_plans(demand, choose(demand, LIMITS)[0].plan) == []


def test_floors_by_hour_rise_in_the_busy_hours_only() -> None:
    demand = series_of(daily(6 * 288, 5), step_minutes=5)
    flat, _ = choose(demand, LIMITS)
    plan = hourly_plans(demand, flat.plan.model_copy(update={"min": 5}))[0]
    assert plan.hourly is not None
    thursday = 72  # the series begins on 1970-01-01, a Thursday
    assert plan.hourly[thursday + 3] <= 6
    assert plan.hourly[thursday + 12] >= 16


@pytest.mark.parametrize("name", list(STRATEGIES))
def test_every_strategy_gives_a_plan(name: str) -> None:
    demand = series_of(noisy(8, 2_000), step_minutes=5)
    best, weighed = STRATEGIES[name].fleet(demand, LIMITS)
    assert best in weighed
    assert best.plan.max >= best.plan.min >= 1


def test_a_declared_fleet_s_floors_come_in_few_windows_and_hold_as_much() -> None:
    demand = series_of(daily(6 * 288, 5), step_minutes=5)
    flat = choose(demand, LIMITS)[0].plan.model_copy(update={"min": 5})
    (fine,), (coarse,) = hourly_plans(demand, flat, "any"), hourly_plans(demand, flat, "windows")
    assert fine.hourly is not None
    assert coarse.hourly is not None
    assert all(wide >= close for wide, close in zip(coarse.hourly, fine.hourly, strict=True))
    assert len(actions(written(coarse.hourly, coarse.min), coarse.min)) <= 2 * SEGMENTS
    assert hourly_plans(demand, flat, "none") == []


def test_windows_are_the_cheapest_of_their_number() -> None:
    night, day = [2] * 7, [8] * 12
    course = [*night, *day, 5, 4, 3, 2, 2]
    floors = in_windows(np.array(course * 7))
    assert list(floors[:24]) == [*night, *day, 5, 5, 3, 3, 3]
    weekend = in_windows(np.array([*course * 5, *[1] * 48]))
    assert list(weekend[-48:]) == [1] * 48


def test_floors_by_hour_hold_a_load_that_jumps_and_reach_the_declaration() -> None:
    demand = series_of(daily(14 * 288, 5), step_minutes=5)
    strict = Limits(now=40, least=1, bounded=False, budget=0.002)
    without, _ = choose(demand, replace(strict, by_hour="none"))
    with_floors, _ = choose(demand, replace(strict, by_hour="windows"))
    assert with_floors.violation < without.violation
    fields = RealTime(
        form="real-time", instance_type="ml.g5.xlarge", min_instances=6, max_instances=40,
        target_invocations_per_instance=100,
    ).sizing_fields("servingEndpoints[0].capacity.")  # fmt: skip
    declared = Resource(resource_id="e", kind="sagemaker-endpoint", count=40, fields=fields)
    edits = KINDS["sagemaker-endpoint"].edits(declared, FleetTarget(replicas=with_floors.plan))
    (floors,) = [edit.after for edit in edits if edit.name == "hourlyFloors"]
    assert str(floors).startswith("mon-sun 08-13 = 17; mon-sun 13-18 = 18")
