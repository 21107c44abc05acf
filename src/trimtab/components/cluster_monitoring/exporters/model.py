"""What an exporter has: the vocabulary that rules and dashboards may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MetricType = Literal["counter", "gauge", "histogram"]


@dataclass(frozen=True)
class Metric:
    """One metric family.

    Attributes:
        name: as the exporter writes it; a histogram's without `_bucket`, `_sum`, `_count`.
        type: how it is read: a counter by `rate`, a histogram by its buckets.
        labels: the labels that it has, without those of its target.
        unit: of its values.
    """

    name: str
    type: MetricType
    labels: tuple[str, ...]
    unit: str

    @property
    def series(self) -> tuple[str, ...]:
        """The names that a query may use."""
        if self.type == "histogram":
            return (f"{self.name}_bucket", f"{self.name}_sum", f"{self.name}_count")
        return (self.name,)


@dataclass(frozen=True)
class Target:
    """Where an exporter is scraped.

    Attributes:
        through: by pods, or by the endpoints of a Service.
        match: labels of those pods or services.
        has: labels that must be there, with any value.
        ports: named ports; more than one where versions of a chart differ would be a guess, so it is one mostly.
        path: of the metrics.
        scheme: https with the scraper's own token where the exporter asks who it is.
        honor_labels: whether the exporter's own `namespace` and `pod` win: it speaks of other pods than itself.
    """

    through: Literal["pods", "services"]
    match: dict[str, str]
    ports: tuple[str, ...]
    has: tuple[str, ...] = ()
    path: str = "/metrics"
    scheme: Literal["http", "https"] = "http"
    honor_labels: bool = False


@dataclass(frozen=True)
class Exporter:
    """A source of metrics.

    Attributes:
        name: as rules, dashboards and the declaration name it.
        source: where its metrics are documented or defined.
        metrics: what of it is used or may be.
        target: how it is scraped; None: the cluster's own Prometheus scrapes it already.
    """

    name: str
    source: str
    metrics: tuple[Metric, ...]
    target: Target | None = None

    @property
    def series(self) -> frozenset[str]:
        """The names that a query may use."""
        return frozenset(name for metric in self.metrics for name in metric.series)


def gauge(name: str, *labels: str, unit: str = "1") -> Metric:
    """Return a metric that goes up and down."""
    return Metric(name, "gauge", labels, unit)


def counter(name: str, *labels: str, unit: str = "1") -> Metric:
    """Return a metric that only grows."""
    return Metric(name, "counter", labels, unit)


def histogram(name: str, *labels: str, unit: str = "s") -> Metric:
    """Return a metric that is counted in buckets."""
    return Metric(name, "histogram", labels, unit)
