"""Each named abstention and caution, through the pipeline, beside a history that differs by that one thing."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from tests.cost.sources.build import CPU, GPU, Recorded, machines, replicas, samples_of
from trimtab.cost.model import Abstained, Advice, Recommendation, Resource
from trimtab.cost.pipeline import recommend
from trimtab.cost.prices.snapshot import Snapshot
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sources.engine import connect

if TYPE_CHECKING:
    from collections.abc import Sequence

MEMORY = "memory_utilization_percent"
DAY = 288
ANCHOR = samples_of({"old": [30.0] * DAY * 28})
"""Another machine, four weeks old: the run's window."""


def advise(frame: pd.DataFrame, resources: Sequence[Resource], now: datetime | None = None) -> dict[str, Advice]:
    document = recommend(resources, Recorded(connect(), frame), Snapshot(), STRATEGIES["trimtab"], now=now)
    return {one.subject.name: one for one in document.advice}


def machine(levels: Sequence[float], start: str = "2026-01-05") -> Advice:
    """Advice for a machine of these daily means, beside an old one."""
    frame = pd.concat([ANCHOR, samples_of({"m": np.repeat(levels, DAY)}, start=start)])
    return advise(frame, machines("old", "m"))["m"]


def code(advice: Advice) -> str:
    return advice.code.value if isinstance(advice, Abstained) else "recommendation"


def cautions(advice: Advice) -> str:
    assert isinstance(advice, Recommendation), advice.reason
    return "; ".join(advice.cautions)


def test_a_new_level_of_two_days_is_withheld_and_one_of_four_is_a_caution() -> None:
    assert code(machine([5.0] * 26 + [20.0] * 2)) == "level-shift"
    settled = machine([5.0] * 24 + [20.0] * 4)
    assert "level-shift: the daily mean was 5.0% and is 20.0% since 2026-01-29" in cautions(settled)
    assert "level-shift" not in cautions(machine([20.0] * 28))


def test_a_lower_level_needs_no_waiting() -> None:
    assert "level-shift" in cautions(machine([20.0] * 26 + [5.0] * 2))


def test_a_trend_that_outgrows_the_size_within_a_week_is_withheld() -> None:
    growing = np.linspace(8.0, 22.5, 28)  # over a quarter, with room, within the next week
    assert code(machine(growing.tolist())) == "trend"
    slower = np.linspace(14.0, 30.0, 28)  # a half is enough, and will be
    found = machine(slower.tolist())
    assert "trend: the daily mean went from" in cautions(found)
    assert "a week" in cautions(found)


def test_what_stays_as_it_is_need_not_be_withheld() -> None:
    full = machine(np.linspace(40.0, 95.0, 28).tolist())
    assert code(full) == "recommendation"
    assert "trend" in cautions(full)


def test_a_deployment_that_still_takes_up_its_load_is_withheld() -> None:
    start = "2026-01-27"
    assert code(machine([5.0, 8.0, 12.0, 16.0, 20.0], start)) == "fresh-deployment"
    calm = machine([12.0] * 5, start)
    assert "fresh-deployment: it began on 2026-01-27" in cautions(calm)
    assert "fresh-deployment" not in cautions(machine([12.0] * 28))


def test_a_history_as_short_as_the_run_s_is_no_fresh_deployment() -> None:
    frame = samples_of({"m": np.repeat([5.0, 8.0, 12.0, 16.0, 20.0], DAY)})
    found = advise(frame, machines("m"))["m"]
    assert "fresh-deployment" not in cautions(found)


def test_a_metric_that_stopped_is_named() -> None:
    frame = pd.concat([samples_of({"m": [10.0] * DAY * 14}), samples_of({"m": [30.0] * DAY * 9}, MEMORY)])
    assert f"metric-stopped: {MEMORY} ends on 2026-01-13 23:55 UTC" in cautions(advise(frame, machines("m"))["m"])
    both = pd.concat([samples_of({"m": [10.0] * DAY * 14}), samples_of({"m": [30.0] * DAY * 14}, MEMORY)])
    assert "metric-stopped" not in cautions(advise(both, machines("m"))["m"])


@pytest.mark.parametrize(("days", "said"), [(0.5, ""), (3, "3.0 days old"), (8, "stale")])
def test_a_machine_of_which_nothing_is_heard_is_named_then_withheld(days: float, said: str) -> None:
    frame = samples_of({"m": [10.0] * DAY * 14})
    last = frame["ts"].max()
    now = datetime.fromtimestamp(last.timestamp() + days * 86_400, tz=UTC)
    found = advise(frame, machines("m"), now)["m"]
    if said == "stale":
        assert code(found) == "stale"
    else:
        assert ("metric-stopped: its last sample" in cautions(found)) == bool(said)
        assert said in cautions(found)


def test_a_metric_that_must_fit_and_was_not_measured_is_named() -> None:
    assert f"not-measured: {MEMORY}" in cautions(advise(samples_of({"m": [10.0] * DAY * 7}), machines("m"))["m"])


def test_a_clock_that_jumped_makes_no_other_machine_stale() -> None:
    away = pd.concat(
        [
            samples_of({"m": [99.0] * 3}, start="2099-01-01"),
            samples_of({"m": [99.0] * 3}, start="1970-01-01 00:05"),
        ]
    )
    frame = pd.concat([samples_of({"m": [10.0] * DAY * 14, "n": [10.0] * DAY * 14}), away])
    document = recommend(machines("m", "n"), Recorded(connect(), frame), Snapshot(), STRATEGIES["trimtab"])
    assert [(one.code, one.count) for one in document.defects] == [("clock-jumped", 6)]
    assert [code(one) for one in document.advice] == ["recommendation"] * 2
    assert all(one.utilisation.status == "measured" and one.utilisation.peak < 0.2 for one in document.advice)


def test_a_fleet_s_samples_of_another_century_are_left_out_too() -> None:
    frame = pd.concat(
        [samples_of({"p": [30.0] * DAY * 7}, GPU), samples_of({"p": [99.0] * 2}, GPU, start="2099-01-01")]
    )
    (found,) = advise(frame, replicas("p", count=4)).values()
    assert found.utilisation.status == "measured"
    assert found.utilisation.samples == DAY * 7
    assert found.utilisation.coverage == 1


def test_a_real_pause_of_a_year_is_kept() -> None:
    frame = pd.concat([samples_of({"m": [10.0] * DAY * 7}, start=start) for start in ("2024-01-01", "2026-01-05")])
    document = recommend(machines("m"), Recorded(connect(), frame), Snapshot(), STRATEGIES["trimtab"])
    assert not document.defects
    assert code(document.advice[0]) == "low-coverage"


def test_a_fleet_s_move_is_a_caution() -> None:
    frame = samples_of({"p": np.repeat([20.0] * 14 + [60.0] * 7, DAY)}, GPU)
    (found,) = advise(frame, replicas("p", count=10)).values()
    assert "level-shift: the daily mean was 2 and is 6 since 2026-01-19 (replicas)" in cautions(found)


def test_a_workload_that_grew_yesterday_is_withheld() -> None:
    def workload(levels: Sequence[float]) -> Advice:
        frame = samples_of({"w": np.repeat(levels, DAY)}, "cpu_used_millicores")
        one = Resource.model_validate(
            {"resource_id": "w", "kind": "kubernetes-workload", "requests": {"cpu_millicores": 4_000}}
        )
        return advise(frame, [one])["w"]

    assert code(workload([200.0] * 20 + [900.0])) == "level-shift"
    assert "level-shift" in cautions(workload([200.0] * 20 + [900.0] * 4))
    assert CPU not in cautions(workload([200.0] * 20))


def test_gaps_are_named_then_withheld() -> None:
    whole = samples_of({"m": [10.0] * DAY * 14})
    hour = whole["ts"].dt.hour
    assert "gaps" not in cautions(advise(whole, machines("m"))["m"])
    # 18 hours of each day but the last, which ends with them: 3,024 of 3,960.
    assert "gaps: 24% of the expected samples are missing" in cautions(advise(whole[hour < 18], machines("m"))["m"])
    days = whole["ts"].dt.day - 5
    assert code(advise(whole[(days < 2) | (days > 11)], machines("m"))["m"]) == "low-coverage"


def test_a_fleet_s_gaps_are_named_too() -> None:
    whole = samples_of({"p": [30.0] * DAY * 8}, GPU)
    (found,) = advise(whole[whole["ts"].dt.hour < 18], replicas("p", count=4)).values()
    assert "gaps: " in cautions(found)


def test_a_short_history_says_how_much_it_tightens_the_budget() -> None:
    busy, quiet = [5.0] * 285 + [30.0] * 3, [5.0] * DAY
    short = cautions(advise(samples_of({"m": [*busy, *quiet * 5]}), machines("m"))["m"])
    assert "short-history: 6.0 days" in short
    assert re.search(r"of the budget of 1\.00% no more than 0\.[0-9]{2}% may be spent on so little", short)
    alike = cautions(advise(samples_of({"m": quiet * 6}), machines("m"))["m"])
    assert "short-history: 6.0 days" in alike
    assert "no more than" not in alike
    assert "short-history" not in cautions(advise(samples_of({"m": quiet * 8}), machines("m"))["m"])


def test_a_short_history_of_a_fleet_says_so_too() -> None:
    (found,) = advise(samples_of({"p": [30.0] * DAY * 4}, GPU), replicas("p", count=4)).values()
    assert "short-history: 4.0 days" in cautions(found)
    assert "of the budget of 0.50% no more than 0.29% may be spent on so little" in cautions(found)
