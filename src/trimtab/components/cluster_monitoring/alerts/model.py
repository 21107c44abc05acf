"""Rules as values, and how Prometheus writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi

Severity = Literal["page", "ticket"]
"""Somebody looks now, or in working hours."""


@dataclass(frozen=True)
class Alert:
    """An alerting rule.

    Attributes:
        name: in CamelCase.
        expr: PromQL that has a series for each thing that is wrong.
        hold: how long it must have one: `for`.
        severity: of it.
        summary: one line, may name labels: `{{ $labels.model }}`.
        description: what it means and what to do.
        exporters: what its metrics come from; the rule is declared where all are scraped.
        labels: labels of its own.
    """

    name: str
    expr: str
    hold: str
    severity: Severity
    summary: str
    description: str
    exporters: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    def rule(self, namespace: pulumi.Input[str]) -> dict[str, Any]:
        """Return it as a rule file holds it.

        Args:
            namespace: where the AlertmanagerConfig lives. The operator lets it route alerts of its own namespace only,
                so `namespace` says that one, and `workload_namespace` the one that the alert is about.
        """
        about = {"workload_namespace": "{{ $labels.namespace }}"}
        return {
            "alert": self.name,
            "expr": self.expr,
            "for": self.hold,
            "labels": {**about, **self.labels, "severity": self.severity, "namespace": namespace},
            "annotations": {"summary": self.summary, "description": self.description},
        }


@dataclass(frozen=True)
class Recording:
    """A recording rule: a query whose result is kept under a name of its own."""

    record: str
    expr: str
    exporters: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    def rule(self, namespace: pulumi.Input[str]) -> dict[str, Any]:
        """Return it as a rule file holds it; it is about series, so `namespace` is not said."""
        del namespace
        return {"record": self.record, "expr": self.expr, "labels": dict(self.labels)}


Rule = Alert | Recording
