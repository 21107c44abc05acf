"""Utilisation follows from demand and capacity."""

from __future__ import annotations

import numpy as np
import pytest

from trimtab.local.load.capacity import Endpoint, Pool
from trimtab.local.load.metrics import Series, endpoint_series, history_nodes, pool_series
from trimtab.local.load.profile import Demand, EndpointLoad, PoolLoad

DEMAND = Demand(shape="round-the-clock", base=1, peak=1)
LOAD = EndpointLoad(match="*", demand=DEMAND, requests_per_instance_minute=60, latency_ms=10)


def named(series: list[Series]) -> dict[str, float]:
    return {one.name: float(one.values[0]) for one in series}


def test_half_the_instances_double_the_utilisation() -> None:
    work = np.array([1.0])
    four = named(endpoint_series(Endpoint("e", "v", "ml.g5.2xlarge", 4), LOAD, work, 1.0))
    two = named(endpoint_series(Endpoint("e", "v", "ml.g5.2xlarge", 2), LOAD, work, 1.0))
    assert four["GPUUtilization"] == 25.0
    assert two["GPUUtilization"] == 50.0
    assert two["ModelLatency"] > four["ModelLatency"]
    assert four["Invocations"] == two["Invocations"] == 60.0


def test_more_work_than_capacity_is_refused_and_shows_as_errors() -> None:
    metrics = named(endpoint_series(Endpoint("e", "v", "ml.g5.2xlarge", 1), LOAD, np.array([1.5]), 1.0))
    assert metrics["GPUUtilization"] == 100.0
    assert metrics["Invocation5XXErrors"] == 30.0


def test_gpu_metrics_are_summed_over_an_instances_gpus_as_sagemaker_does() -> None:
    metrics = named(endpoint_series(Endpoint("e", "v", "ml.g5.12xlarge", 1), LOAD, np.array([0.5]), 1.0))
    assert metrics["GPUUtilization"] == 200.0


def test_a_server_without_gpus_works_with_its_cpus() -> None:
    metrics = named(endpoint_series(Endpoint("e", "v", "ml.m5.xlarge", 1), LOAD, np.array([0.5]), 1.0))
    assert metrics["CPUUtilization"] == pytest.approx(200.0)
    assert "GPUUtilization" not in metrics


def test_an_empty_pool_has_no_utilisation() -> None:
    pool = PoolLoad(match="*", demand=DEMAND)
    work = np.array([1.0, 1.0])
    series = {s.name: s.values for s in pool_series(Pool("p", 2, 0, 4), pool, work, np.array([0.0, 2.0]))}
    assert np.isnan(series["nvidia_smi_utilization_gpu"][0])
    assert series["nvidia_smi_utilization_gpu"][1] == 50.0
    assert list(series["GroupInServiceInstances"]) == [0.0, 2.0]


def test_the_past_of_a_pool_ran_what_its_jobs_asked_for_within_its_bounds() -> None:
    nodes = history_nodes(Pool("p", 0, 1, 3), np.array([0.0, 1.2, 9.0]))
    assert list(nodes) == [1.0, 2.0, 3.0]
