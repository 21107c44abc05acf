"""What rules, panels and scalers ask Prometheus: metrics that a scraped exporter has, by labels that those have."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.render.joins.selectors import of_kind, said
from tests.services.prometheus.queries import metrics
from trimtab.components.cluster_monitoring.exporters import ALWAYS, EXPORTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trimtab.render.objects import KubernetesObject

_SELECTED = re.compile(r"([A-Za-z_:][\w:]*)\s*\{([^}]*)\}")
_MATCHED = re.compile(r"(\w+)\s*(?:=~|!~|!=|=)")
_GROUPED = re.compile(r"\b(?:by|on|ignoring|without|group_left|group_right)\s*\(([^)]*)\)")
_AGGREGATED = re.compile(r"\b(?:sum|max|min|avg|count|histogram_quantile)\s*(?:by\s*)?\(")
_SHOWN = re.compile(r"\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}")
_TARGET = frozenset({"namespace", "pod", "container", "endpoint", "job", "instance", "exporter", "service"})
"""Labels that the Prometheus operator, and our own relabelling, give each series of a scraped target."""
_PODS = (_TARGET - {"service"}) | {"model"}


@dataclass(frozen=True)
class Asked:
    """A query, and the labels that a text about its result shows."""

    by: KubernetesObject
    expr: str
    shown: frozenset[str] = frozenset()


def queries(objects: Sequence[KubernetesObject]) -> Iterator[str]:
    """Each query asks for what there is."""
    asked = list(_asked(objects))
    known = {**_known(objects), **_recorded(objects)}
    for query in asked:
        yield from (said(query.by, problem) for problem in problems(query.expr, known, query.shown))


def problems(expr: str, known: Mapping[str, frozenset[str]], shown: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield what is wrong with a query, given metric → labels."""
    named = metrics(expr)
    yield from (f"nothing that is scraped has {name}: {expr}" for name in sorted(named - set(known)))
    there = named & set(known)
    for name, matchers in _SELECTED.findall(expr):
        strange = set(_MATCHED.findall(re.sub(r'"(?:[^"\\]|\\.)*"', '""', matchers))) - known.get(name, frozenset())
        if name in there and strange:
            yield f"{name} has no label {sorted(strange)}: {expr}"
    groups = _groups(expr)
    for labels in groups:
        lacking = [label for label in labels if not any(label in known[name] for name in there)]
        if lacking:
            yield f"none of {sorted(there)} has {lacking}: {expr}"
    # An aggregation keeps what it groups by; without one, a series keeps its labels.
    kept = set().union(*groups) if _AGGREGATED.search(expr) else set().union(*(known[name] for name in there))
    gone = shown - kept
    if gone:
        yield f"its result has no label {sorted(gone)}: {expr}"


def _asked(objects: Sequence[KubernetesObject]) -> Iterator[Asked]:
    for one in of_kind(objects, "PrometheusRule"):
        for rule in _rules(one):
            texts = " ".join(rule.get("annotations", {}).values())
            # A rule's own label says which model it is about, whatever the series say.
            yield Asked(one, rule["expr"], frozenset(re.findall(r"\$labels\.(\w+)", texts)) - set(rule["labels"]))
    for one in of_kind(objects, "ConfigMap"):
        for name, text in one.document["data"].items():
            if name.endswith(".json") and '"panels"' in text:
                yield from _drawn(one, json.loads(text))
    for one in objects:
        yield from (Asked(one, expr) for expr in _scaled_by(one.document.get("spec")))


def _drawn(one: KubernetesObject, board: dict[str, Any]) -> Iterator[Asked]:
    for panel in board["panels"]:
        for target in panel["targets"]:
            yield Asked(one, target["expr"], frozenset(_SHOWN.findall(target.get("legendFormat", ""))))


def _scaled_by(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _scaled_by(item)
    if isinstance(value, dict):
        if "serverAddress" in value:
            yield value["query"]
        for item in value.values():
            yield from _scaled_by(item)


def _rules(one: KubernetesObject) -> list[dict[str, Any]]:
    return [rule for group in one.document["spec"]["groups"] for rule in group["rules"]]


def _recorded(objects: Sequence[KubernetesObject]) -> dict[str, frozenset[str]]:
    return {
        rule["record"]: frozenset({*rule["labels"], *(label for group in _groups(rule["expr"]) for label in group)})
        for one in of_kind(objects, "PrometheusRule")
        for rule in _rules(one)
        if "record" in rule
    }


def _groups(expr: str) -> list[set[str]]:
    return [{label.strip() for label in group.split(",") if label.strip()} for group in _GROUPED.findall(expr)]


def _known(objects: Sequence[KubernetesObject]) -> dict[str, frozenset[str]]:
    """Metric → labels, of the exporters that the stack's monitors scrape and those that every cluster has."""
    scraped = dict.fromkeys(ALWAYS, _TARGET)
    for one in of_kind(objects, "ServiceMonitor", "PodMonitor"):
        labels = _PODS if one.kind == "PodMonitor" else _TARGET
        for endpoint in one.document["spec"].get("endpoints") or one.document["spec"]["podMetricsEndpoints"]:
            scraped[_exporter(endpoint)] = labels
    return {
        series: frozenset({*metric.labels, *labels, *(["le"] if series.endswith("_bucket") else [])})
        for name, labels in scraped.items()
        for metric in EXPORTERS[name].metrics
        for series in metric.series
    }


def every_exporter() -> dict[str, frozenset[str]]:
    """Metric → labels of all exporters; a scrape that moves an exporter's own labels aside is one too."""
    aside = frozenset(f"exported_{name}" for name in ("namespace", "pod", "container"))
    return {
        series: frozenset({*metric.labels, *_PODS, *aside})
        for exporter in EXPORTERS.values()
        for metric in exporter.metrics
        for series in metric.series
    }


def _exporter(endpoint: dict[str, Any]) -> str:
    (name,) = [str(rule["replacement"]) for rule in endpoint["relabelings"] if rule.get("targetLabel") == "exporter"]
    return name
