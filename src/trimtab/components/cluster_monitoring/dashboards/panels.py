"""Panels as values, and how Grafana's own typed library writes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grafana_foundation_sdk.builders import dashboard, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import DashboardCursorSync, DataSourceRef

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE = DataSourceRef(type_val="prometheus", uid="${datasource}")
"""The reader chooses among the Prometheus data sources that Grafana has."""
GRAPH_WIDTH, GRAPH_HEIGHT = 12, 8
NUMBER_WIDTH, NUMBER_HEIGHT = 6, 4


@dataclass(frozen=True)
class Query:
    """What is asked, and what its series are called: `{{pod}}`."""

    expr: str
    legend: str = ""


@dataclass(frozen=True)
class Panel:
    """One picture.

    Attributes:
        title: of it.
        unit: Grafana's id of the unit: `percent`, `percentunit`, `s`, `reqps`, `short`.
        queries: what is drawn.
        exporters: what their metrics come from; the panel is drawn where all are scraped.
        number: whether the newest value is shown large, instead of a graph.
        most: the end of the axis, where there is a natural one.
    """

    title: str
    unit: str
    queries: tuple[Query, ...]
    exporters: tuple[str, ...]
    number: bool = False
    most: float | None = None


@dataclass(frozen=True)
class Board:
    """A dashboard.

    Attributes:
        name: short, of its file and its address.
        title: of it.
        panels: in reading order; those of unscraped exporters are left out.
    """

    name: str
    title: str
    panels: tuple[Panel, ...]

    def drawn(self, scraped: frozenset[str]) -> tuple[Panel, ...]:
        """Return the panels whose exporters are all scraped."""
        return tuple(panel for panel in self.panels if scraped.issuperset(panel.exporters))


def board_json(board: Board, panels: Sequence[Panel], *, prefix: str, tags: Sequence[str]) -> str:
    """Return a dashboard as Grafana's sidecar reads it from a ConfigMap.

    Args:
        board: the dashboard.
        panels: those of it that are drawn.
        prefix: `<platform>-<environment>`, the beginning of its address.
        tags: by which it is found.
    """
    built = (
        dashboard.Dashboard(f"{board.title} · {prefix}")
        # Grafana's limit of an address is 40 characters.
        .uid(f"{prefix}-{board.name}"[:40])
        .tags(list(tags))
        .readonly()
        .refresh("1m")
        .time("now-6h", "now")
        .timezone("utc")
        .tooltip(DashboardCursorSync.CROSSHAIR)
        .with_variable(dashboard.DatasourceVariable("datasource").label("Prometheus").type("prometheus"))
    )
    for panel in panels:
        built = built.with_panel(_number(panel) if panel.number else _graph(panel))
    return json.dumps(built.build(), cls=JSONEncoder, sort_keys=True)


def _graph(panel: Panel) -> timeseries.Panel:
    built = timeseries.Panel().title(panel.title).datasource(SOURCE).unit(panel.unit).min(0)
    built = built.span(GRAPH_WIDTH).height(GRAPH_HEIGHT)
    if panel.most is not None:
        built = built.max(panel.most)
    for query in panel.queries:
        built = built.with_target(_target(query))
    return built


def _number(panel: Panel) -> stat.Panel:
    built = stat.Panel().title(panel.title).datasource(SOURCE).unit(panel.unit)
    built = built.span(NUMBER_WIDTH).height(NUMBER_HEIGHT)
    for query in panel.queries:
        built = built.with_target(_target(query).instant())
    return built


def _target(query: Query) -> prometheus.Dataquery:
    return prometheus.Dataquery().expr(query.expr).legend_format(query.legend or "__auto")
