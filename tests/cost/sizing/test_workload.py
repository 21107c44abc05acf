"""What a container needs and what is said about it, by hand on small histories."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from tests.cost.sizing.build import days_of, window_of
from tests.cost.sources.build import Recorded, samples_of
from trimtab.cost.model import (
    AbstentionCode,
    Advice,
    Recommendation,
    Requests,
    RequestsTarget,
    Resource,
    Saving,
    Unpriced,
)
from trimtab.cost.pipeline import recommend
from trimtab.cost.prices.snapshot import Snapshot
from trimtab.cost.sizing.requests import Needs, requests_for, saving, written
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sizing.workload import cpu_need, memory_need
from trimtab.cost.sources.engine import connect
from trimtab.spec.sizing import SizingField

if TYPE_CHECKING:
    from collections.abc import Sequence

CPU, MEMORY = "cpu_used_millicores", "memory_used_mib"
GPU, GPU_MEMORY = "gpu_utilization_percent", "gpu_memory_used_mib"
BIN = 2 ** (1 / 32)
"""A quantile is at most one bin too high."""
DAY = 288


def workload(**options: Any) -> Resource:
    given = {"instance_type": "m5.4xlarge", "region": "us-east-1", "count": 2, **options}
    given.setdefault("requests", Requests(cpu_millicores=8_000, memory_mib=8_192))
    return Resource(resource_id="w", kind="kubernetes-workload", **given)


def advice_of(resource: Resource, strategy: str = "trimtab", **series: Sequence[float] | np.ndarray) -> Advice:
    names = {"cpu": CPU, "memory": MEMORY, "gpu": GPU, "gpu_memory": GPU_MEMORY}
    frame = pd.concat([samples_of({"w": values}, names[name]) for name, values in series.items()])
    document = recommend([resource], Recorded(connect(), frame), Snapshot(), STRATEGIES[strategy])
    return document.advice[0]


def advised(advice: Advice) -> Requests:
    assert isinstance(advice, Recommendation), advice.reason
    assert isinstance(advice.target, RequestsTarget)
    return advice.target.requests


def test_cpu_weighs_the_tail_of_the_past_against_the_last_week() -> None:
    grown = window_of(days_of([[100.0] * DAY] * 20 + [[400.0] * DAY] * 7))
    shrunk = window_of(days_of([[400.0] * DAY] * 20 + [[100.0] * DAY] * 7))
    assert 400 <= cpu_need(grown, 0.01).iloc[0] <= 400 * BIN
    assert 200 <= cpu_need(shrunk, 0.01).iloc[0] <= 200 * BIN  # √(400 · 100)


def test_memory_is_the_highest_ever_with_its_headroom() -> None:
    once = window_of(days_of([[100.0] * DAY] * 20 + [[100.0] * 287 + [900.0]] + [[100.0] * DAY] * 9))
    assert 900 * 1.15 <= memory_need(once, 0.05).iloc[0] <= 900 * 1.15 * BIN


@pytest.mark.parametrize("strategy", list(STRATEGIES))
def test_no_strategy_goes_below_the_peak_of_memory_and_its_headroom(strategy: str) -> None:
    memory = np.full(14 * DAY, 500.0)
    memory[7] = 1_000
    found = advised(advice_of(workload(), strategy, cpu=np.full(14 * DAY, 400.0), memory=memory))
    assert found.memory_mib is not None
    assert found.memory_mib >= 1_150


def test_the_advice_is_priced_by_the_part_of_the_node_that_it_gives_back() -> None:
    cpu, memory = np.full(14 * DAY, 900.0), np.full(14 * DAY, 1_000.0)
    advice = advice_of(workload(), cpu=cpu, memory=memory)
    found = advised(advice)
    assert found.cpu_millicores == pytest.approx(900, rel=0.03)
    assert found.memory_mib == pytest.approx(1_150, rel=0.03)
    assert isinstance(advice, Recommendation)
    assert isinstance(advice.savings, Saving)
    # Half of an m5.4xlarge (8 of 16 vCPUs) at 0.768 an hour, two pods, 730 hours.
    assert advice.savings.monthly_before == Decimal("560.64")
    assert found.cpu_millicores is not None
    share = found.cpu_millicores / 8_000
    assert float(advice.savings.monthly_after) == pytest.approx(560.64 * share, abs=0.01)
    assert advice.back_test.violation == 0
    assert any("when nodes go" in caution for caution in advice.cautions)


def test_too_small_is_advice_too() -> None:
    requests = Requests(cpu_millicores=100, memory_mib=256)
    advice = advice_of(workload(requests=requests), cpu=np.full(7 * DAY, 900.0), memory=np.full(7 * DAY, 250.0))
    found = advised(advice)
    assert found.cpu_millicores is not None
    assert found.memory_mib is not None
    assert found.cpu_millicores > 900
    assert found.memory_mib > 256
    assert isinstance(advice, Recommendation)
    assert advice.back_test.saving < 0
    assert any("memory too small" in caution for caution in advice.cautions)


def test_what_was_not_measured_stays_as_it_is() -> None:
    advice = advice_of(workload(), cpu=np.full(7 * DAY, 900.0))
    assert advised(advice).memory_mib == 8_192
    assert isinstance(advice, Recommendation)
    assert any("memory was not measured" in caution for caution in advice.cautions)


@pytest.mark.parametrize(
    ("busy", "held", "left"),
    [
        (150.0, 20_000.0, 2),  # the work of one and a half GPUs
        (30.0, 70_000.0, 3),  # 68 GiB of the model in GPUs of 24 GiB
        (30.0, 20_000.0, 1),
        (390.0, 95_000.0, 4),
    ],
)
def test_gpus_hold_the_work_and_the_model(busy: float, held: float, left: int) -> None:
    served = workload(instance_type="g5.12xlarge", requests=Requests(cpu_millicores=4_000, memory_mib=8_192, gpus=4))
    samples = np.full(7 * DAY, 1.0)
    advice = advice_of(
        served, cpu=samples * 3_000, memory=samples * 6_000, gpu=samples * busy, gpu_memory=samples * held
    )
    assert advised(advice).gpus == left


def test_gpus_stay_where_the_model_s_memory_is_not_known() -> None:
    served = workload(instance_type="g5.12xlarge", requests=Requests(cpu_millicores=4_000, memory_mib=8_192, gpus=4))
    advice = advice_of(served, cpu=np.full(7 * DAY, 3_000.0), gpu=np.full(7 * DAY, 10.0))
    assert advised(advice).gpus == 4
    assert isinstance(advice, Recommendation)
    assert any("GPUs stay" in caution for caution in advice.cautions)


def test_a_gpu_that_is_hardly_used_is_worth_a_slice() -> None:
    served = workload(instance_type="g5.xlarge", requests=Requests(cpu_millicores=4_000, memory_mib=8_192, gpus=1))
    samples = np.full(7 * DAY, 1.0)
    advice = advice_of(served, cpu=samples, memory=samples, gpu=samples * 20, gpu_memory=samples * 5_000)
    assert isinstance(advice, Recommendation)
    assert any("MIG slice" in caution for caution in advice.cautions)


def test_without_present_requests_there_is_a_size_and_no_money() -> None:
    advice = advice_of(workload(requests=Requests()), cpu=np.full(7 * DAY, 900.0), memory=np.full(7 * DAY, 500.0))
    assert advised(advice).memory_mib == pytest.approx(575, rel=0.05)
    assert isinstance(advice, Recommendation)
    assert isinstance(advice.savings, Unpriced)
    assert advice.back_test.saving == 0


def test_a_short_history_is_withheld_and_nothing_measured_too() -> None:
    assert advice_of(workload(), cpu=np.full(2 * DAY, 900.0)).code is AbstentionCode.SHORT_HISTORY  # type: ignore[union-attr]  # abstained
    stranger = workload().model_copy(update={"resource_id": "v"})
    assert advice_of(stranger, cpu=np.full(7 * DAY, 900.0)).code is AbstentionCode.NO_SAMPLES  # type: ignore[union-attr]  # abstained


def test_the_choice_is_walked_forward() -> None:
    cpu = np.concatenate([np.full(10 * DAY, 2_000.0), np.full(10 * DAY, 500.0)])
    advice = advice_of(workload(), cpu=cpu, memory=np.full(20 * DAY, 500.0))
    assert isinstance(advice, Recommendation)
    test = advice.back_test
    assert "at 3 moments" in test.method
    assert test.saving_low == pytest.approx(1 - 2_000 / 8_000, abs=0.01)
    assert test.saving_low < test.saving


def field(unit: str, current: int, allowed: tuple[int, ...]) -> SizingField:
    return SizingField.model_validate(
        {"name": unit, "specPath": f"x.{unit}", "unit": unit, "current": current, "allowed": allowed}
    )


def test_requests_are_what_the_declaration_allows() -> None:
    fields = (field("millicores", 500, (250, 500, 1_000)), field("MiB", 512, (256, 512)))
    declared = workload(fields=fields)
    assert requests_for(declared, Needs(cpu=260, memory=200)) == Requests(cpu_millicores=500, memory_mib=256)
    assert requests_for(declared, Needs(cpu=5_000, memory=5_000)) == Requests(cpu_millicores=1_000, memory_mib=512)
    assert requests_for(workload(), Needs(cpu=1, memory=1)) == Requests(cpu_millicores=10, memory_mib=112)


def test_where_the_node_is_not_known_the_smallest_shrink_counts() -> None:
    somewhere = workload(instance_type="kubernetes")
    assert saving(somewhere, Requests(cpu_millicores=2_000, memory_mib=6_144)) == pytest.approx(0.25)


def test_requests_are_written_as_manifests_do() -> None:
    assert written(Requests(cpu_millicores=250, memory_mib=512, gpus=1)) == "cpu 250m, memory 512Mi, 1 GPU"
