"""Every query of rules and panels parses in a real Prometheus, and names metrics that a declared exporter has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.services.prometheus.declared import monitoring
from tests.services.prometheus.queries import metrics
from tests.support.prometheus import Prometheus, Series
from trimtab.components.cluster_monitoring.alerts import Recording, rule_groups, rules
from trimtab.components.cluster_monitoring.dashboards import boards, dashboard_files
from trimtab.components.cluster_monitoring.exporters import EXPORTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

SPEC = monitoring()
RULES = [rule for group in rules(SPEC).values() for rule in group]
PANELS = [(board, panel) for board in boards(SPEC) for panel in board.panels]
QUERIES = [
    *((rule.expr, rule.exporters) for rule in RULES),
    *((query.expr, panel.exporters) for _, panel in PANELS for query in panel.queries),
]
START = 1_700_000_000


@pytest.fixture(scope="module")
def prometheus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """A server with the declared rules loaded, that recorded an hour of one GPU."""
    gpu = {"namespace": "risk", "pod": "train-0", "gpu": "0", "Hostname": "node-1"}
    points = [(START + 60 * minute, 40.0) for minute in range(60)]
    files = {"rules.yml": {"groups": rule_groups(SPEC, "monitoring")}}
    with Prometheus(
        tmp_path_factory.mktemp("server"), series=[Series("DCGM_FI_DEV_GPU_UTIL", gpu, points)], rules=files
    ) as server:
        yield server


def test_the_server_loaded_the_declared_rules(prometheus: Prometheus) -> None:
    groups = prometheus.get("rules")["groups"]
    loaded = [rule["name"] for group in groups for rule in group["rules"]]
    assert sorted(loaded) == sorted(rule.record if isinstance(rule, Recording) else rule.name for rule in RULES)


def test_every_query_parses(prometheus: Prometheus) -> None:
    assert prometheus.refuses("sum by (pod (up)")
    assert {query: why for query, _ in QUERIES if (why := prometheus.refuses(query))} == {}


def test_every_query_runs(prometheus: Prometheus) -> None:
    for query, _ in QUERIES:
        prometheus.get("query", query=query, time=START + 1800)
    busy = prometheus.get("query", query='avg(DCGM_FI_DEV_GPU_UTIL{pod!=""})', time=START + 1800)
    assert busy["result"][0]["value"][1] == "40"


def test_every_metric_is_one_of_the_exporters_that_the_rule_or_panel_asks_for() -> None:
    recorded = {rule.record for rule in RULES if isinstance(rule, Recording)}
    for query, exporters in QUERIES:
        known = {name for exporter in exporters for name in EXPORTERS[exporter].series}
        assert metrics(query), query
        assert metrics(query) - recorded <= known, query


def test_recordings_that_are_asked_for_are_recorded() -> None:
    recorded = {rule.record for rule in RULES if isinstance(rule, Recording)}
    asked = {name for query, _ in QUERIES for name in metrics(query) if name.startswith("trimtab:")}
    assert asked
    assert asked <= recorded


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ('sum by (a, b) (rate(m_total{x="y{z}"}[5m])) / on (a) group_left (c) n > 1', {"m_total", "n"}),
        ("histogram_quantile(0.9, sum by (le) (rate(vllm:x_bucket[1h]))) unless up == 0", {"vllm:x_bucket", "up"}),
        ("time() - max by (model) (t)", {"t"}),
    ],
)
def test_metrics_of_a_query(query: str, named: set[str]) -> None:
    assert metrics(query) == named


def drawn(**changes: Any) -> dict[str, dict[str, Any]]:
    files = dashboard_files(monitoring(**changes), prefix="acme-dev", tags=["trimtab"])
    return {name: json.loads(text) for name, text in files.items()}


def test_dashboards_hold_every_panel_without_overlap() -> None:
    for board, name in ((board, f"{board.name}.json") for board in boards(SPEC)):
        shown = drawn()[name]
        assert [panel["title"] for panel in shown["panels"]] == [panel.title for panel in board.panels]
        assert shown["uid"] == f"acme-dev-{board.name}"
        taken: set[tuple[int, int]] = set()
        for panel in shown["panels"]:
            at = panel["gridPos"]
            cells = {(at["x"] + x, at["y"] + y) for x in range(at["w"]) for y in range(at["h"])}
            assert max(x for x, _ in cells) < 24
            assert not cells & taken, panel["title"]
            taken |= cells


def test_every_target_of_a_panel_asks_the_chosen_source() -> None:
    for shown in drawn().values():
        (variable,) = shown["templating"]["list"]
        assert (variable["name"], variable["type"], variable["query"]) == ("datasource", "datasource", "prometheus")
        for panel in shown["panels"]:
            assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
            assert all(target["expr"] for target in panel["targets"])


def test_panels_of_unscraped_exporters_are_not_drawn() -> None:
    shown = drawn(exporters=["kueue"], objectives=[], drift=None)
    assert list(shown) == ["gpus.json", "platform.json"]
    titles = {panel["title"] for panel in shown["gpus.json"]["panels"]}
    assert "Evictions an hour" in titles
    assert "Temperature" not in titles
