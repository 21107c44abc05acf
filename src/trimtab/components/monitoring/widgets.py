"""Widgets of a CloudWatch dashboard, in the structure that PutDashboard takes.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

COLUMNS = 24
"""A dashboard is a grid of 24 columns."""
HEIGHT = 6


@dataclass(frozen=True)
class Metric:
    """One line of a graph.

    Attributes:
        namespace: `AWS/SageMaker`, …
        name: the metric's name.
        dimensions: name → value.
        stat: `Average`, `Sum`, `p99`, …
        label: what the legend says.
        right: whether its axis is the right one.
    """

    namespace: str
    name: str
    dimensions: Mapping[str, pulumi.Input[str]]
    stat: str
    label: str
    right: bool = False

    def row(self) -> list[Any]:
        """Return the metric as a row of a widget's `metrics`."""
        flat = [part for pair in self.dimensions.items() for part in pair]
        options = {"stat": self.stat, "label": self.label, **({"yAxis": "right"} if self.right else {})}
        return [self.namespace, self.name, *flat, options]


@dataclass(frozen=True)
class Graph:
    """A graph over time."""

    title: str
    metrics: Sequence[Metric]
    period_seconds: int = 300
    width: int = 8

    def properties(self, region: pulumi.Input[str]) -> dict[str, Any]:
        """Return the widget's properties."""
        return {
            "title": self.title,
            "view": "timeSeries",
            "stacked": False,
            "region": region,
            "period": self.period_seconds,
            "metrics": [metric.row() for metric in self.metrics],
        }

    kind: str = field(default="metric", init=False)


@dataclass(frozen=True)
class Alarms:
    """The state of alarms, as coloured boxes."""

    title: str
    arns: Sequence[pulumi.Input[str]]
    width: int = COLUMNS
    kind: str = field(default="alarm", init=False)

    def properties(self, _: pulumi.Input[str]) -> dict[str, Any]:
        """Return the widget's properties."""
        return {"title": self.title, "alarms": list(self.arns)}


@dataclass(frozen=True)
class Heading:
    """A line of Markdown across the dashboard."""

    text: str
    width: int = COLUMNS
    kind: str = field(default="text", init=False)

    def properties(self, _: pulumi.Input[str]) -> dict[str, Any]:
        """Return the widget's properties."""
        return {"markdown": f"## {self.text}"}


Widget = Graph | Alarms | Heading


def body(widgets: Sequence[Widget], region: pulumi.Input[str]) -> dict[str, Any]:
    """Return the dashboard's body: widgets from left to right, a new row where one does not fit."""
    placed: list[dict[str, Any]] = []
    x = y = row_height = 0
    for widget in widgets:
        height = 1 if isinstance(widget, Heading) else HEIGHT
        if x + widget.width > COLUMNS:
            x, y, row_height = 0, y + row_height, 0
        at = {"type": widget.kind, "x": x, "y": y, "width": widget.width, "height": height}
        placed.append({**at, "properties": widget.properties(region)})
        x, row_height = x + widget.width, max(row_height, height)
    return {"widgets": placed}
