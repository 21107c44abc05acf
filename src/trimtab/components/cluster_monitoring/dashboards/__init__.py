"""The dashboards of a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.cluster_monitoring.dashboards.gpus import gpu_board
from trimtab.components.cluster_monitoring.dashboards.panels import Board, Panel, Query, board_json
from trimtab.components.cluster_monitoring.dashboards.platform import platform_board
from trimtab.components.cluster_monitoring.dashboards.serving import serving_board
from trimtab.components.cluster_monitoring.exporters import ALWAYS

if TYPE_CHECKING:
    from trimtab.spec.cluster.monitoring import ClusterMonitoring


def boards(spec: ClusterMonitoring) -> list[Board]:
    """Return the dashboards, each with all its panels."""
    return [gpu_board(), serving_board(spec), platform_board()]


def dashboard_files(spec: ClusterMonitoring, *, prefix: str, tags: list[str]) -> dict[str, str]:
    """Return file name → JSON of each dashboard that has a panel to draw."""
    scraped = frozenset({*spec.exporters, *ALWAYS, *(["drift"] if spec.drift else [])})
    drawn = {board: board.drawn(scraped) for board in boards(spec)}
    return {
        f"{board.name}.json": board_json(board, panels, prefix=prefix, tags=tags)
        for board, panels in drawn.items()
        if panels
    }


__all__ = ["Board", "Panel", "Query", "boards", "dashboard_files"]
