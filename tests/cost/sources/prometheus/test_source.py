"""Samples of every kind from a real Prometheus, with its gaps and resets."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.cost.sources.prometheus.record import END, GAP, STEP, T0
from trimtab.cost.kinds import KINDS
from trimtab.cost.model import Requests, Resource
from trimtab.cost.sources.measure import measure
from trimtab.cost.sources.prometheus import Access, Prometheus
from trimtab.cost.sources.prometheus.queries import queries

if TYPE_CHECKING:
    import pandas as pd
    from ibis.backends.duckdb import Backend

    from tests.support.prometheus import Prometheus as Server
    from trimtab.cost.kinds import Kind
    from trimtab.cost.sources.port import Samples

UNTIL = datetime.fromtimestamp(END, tz=UTC)
WORKLOAD = Resource(
    resource_id="ads/Deployment/web/app",
    kind="kubernetes-workload",
    dimensions={"namespace": "ads", "workload_kind": "Deployment", "workload": "web", "container": "app"},
)
SERVED = Resource(
    resource_id="ads/InferenceService/llm",
    kind="kserve-replicas",
    count=4,
    requests=Requests(gpus=2),
    dimensions={"namespace": "ads", "workload": "llm-predictor"},
)
POOL = Resource(
    resource_id="gpu", kind="karpenter-gpu-pool", count=4, instance_type="p4d.24xlarge", dimensions={"nodepool": "gpu"}
)
MACHINE = Resource(resource_id="10.0.0.1:9100", kind="machine")


def read(connection: Backend, server: Server, *resources: Resource) -> Samples:
    return Prometheus(connection, Access(server.url), days=2).samples(resources, UNTIL)


def of(samples: Samples, metric: str) -> pd.DataFrame:
    frame: pd.DataFrame = samples.table.to_pandas().sort_values("ts")
    return frame[frame["metric"] == metric].set_index("ts")


def moments(frame: pd.DataFrame) -> np.ndarray:
    found: np.ndarray = frame.index.to_numpy().astype("datetime64[s]").astype(int)
    return found


def test_a_workload_s_cpu_is_its_busiest_pod_s_whatever_was_restarted(connection: Backend, server: Server) -> None:
    cpu = of(read(connection, server, WORKLOAD), "cpu_used_millicores")["value"]
    assert cpu.median() == pytest.approx(250)
    # A restart loses what was used between the last scrape before it and the first one after, and adds nothing.
    assert cpu.max() <= 250 + 1e-6
    assert cpu.min() >= 100 - 1e-6


def test_memory_keeps_the_peak_between_two_samples(connection: Backend, server: Server) -> None:
    memory = of(read(connection, server, WORKLOAD), "memory_used_mib")["value"]
    assert memory.max() == 700
    assert (memory == 700).sum() == 1
    assert memory.median() == 400


def test_a_gap_of_the_record_stays_a_gap(connection: Backend, server: Server) -> None:
    samples = read(connection, server, WORKLOAD, POOL, SERVED, MACHINE)
    for metric in samples.table.to_pandas()["metric"].unique():
        seen = moments(of(samples, metric))
        # Prometheus looks five minutes back for a value; after that, nothing is there.
        assert not ((seen > GAP.start + STEP) & (seen < GAP.stop)).any(), metric
        assert ((seen >= T0 + 2 * STEP) & (seen <= GAP.start)).sum() >= 118, metric
    series = measure(samples, [POOL]).fleets["gpu"]
    assert np.isnan(series.replicas[125:140]).all()


def test_samples_end_before_the_asked_moment_on_whole_steps(connection: Backend, server: Server) -> None:
    seen = moments(of(read(connection, server, WORKLOAD), "memory_used_mib"))
    assert seen.max() == END - STEP
    assert (seen % STEP == 0).all()
    assert len(seen) == len(set(seen))


def test_scaled_to_zero_is_no_demand_and_not_unknown(connection: Backend, server: Server) -> None:
    samples = read(connection, server, SERVED)
    share = of(samples, "gpu_utilization_percent")
    seen, value = moments(share), share["value"].to_numpy()
    first, second = value[seen < T0 + 86_400 - STEP], value[seen > T0 + 86_400 + STEP]
    assert np.unique(first) == pytest.approx([80 / (2 * 4)])  # 60 % and 20 % of two GPUs, of four replicas
    assert np.unique(second) == pytest.approx([0.0])
    assert samples.running["ads/InferenceService/llm"] == pytest.approx(0.5, abs=0.05)


def test_a_metric_that_was_never_measured_is_not_zero(connection: Backend, server: Server) -> None:
    # No vLLM metric is there: that no replica ran on the second day does not make it an idle server of requests.
    assert of(read(connection, server, SERVED), "requests_per_second").empty


def test_a_pool_s_demand_is_what_pods_asked_for_of_all_that_there_may_be(connection: Backend, server: Server) -> None:
    samples = read(connection, server, POOL)
    share = of(samples, "gpu_allocation_percent")["value"]
    assert sorted(share.unique()) == pytest.approx([0.0, 100 * 6 / 32])  # none asked for while none was there
    assert samples.running["gpu"] == pytest.approx(2_400 / 2_880, abs=0.02)
    assert np.nanmax(measure(samples, [POOL]).fleets["gpu"].replicas) == pytest.approx(0.75)  # 6 of a node's 8 GPUs


def test_a_machine_is_found_by_its_exporter_s_address(connection: Backend, server: Server) -> None:
    samples = read(connection, server, MACHINE)
    assert of(samples, "cpu_utilization_percent")["value"].median() == pytest.approx(20)
    assert of(samples, "memory_utilization_percent")["value"].unique() == pytest.approx([25])


def test_what_the_inventory_does_not_locate_is_named(connection: Backend, server: Server) -> None:
    lost = Resource(resource_id="lost", kind="kubernetes-workload", dimensions={"namespace": "ads"})
    samples = read(connection, server, lost)
    assert [(one.code, one.count) for one in samples.defects] == [("unknown-labels", 1)]
    assert "lost" in samples.defects[0].repair
    assert samples.table.count().execute() == 0


def test_without_an_end_the_server_s_own_clock_counts(connection: Backend, server: Server) -> None:
    samples = Prometheus(connection, Access(server.url), days=1).samples([WORKLOAD], None)
    assert samples.table.count().execute() == 0  # the record ended long ago


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.running or kind.demands[0].prometheus])
def test_every_query_of_every_kind_parses(kind: Kind, server: Server) -> None:
    labels = {"namespace": "n", "workload": 'odd".name', "workload_kind": "Deployment", "container": "c"}
    known = {**labels, "nodepool": "p", "pod": "p-1", "instance": "i"}
    asked, unknown = queries([Resource(resource_id="r", kind=kind.id, dimensions=known)], "5m")
    assert asked
    assert not unknown
    assert [server.refuses(query.text) for query in asked] == [""] * len(asked)
