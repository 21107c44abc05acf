"""The rules of a cluster: an explicit list of groups, each a pure function of the declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.cluster_monitoring.alerts.budget import budget_rules
from trimtab.components.cluster_monitoring.alerts.gpus import gpu_rules
from trimtab.components.cluster_monitoring.alerts.model import Alert, Recording
from trimtab.components.cluster_monitoring.alerts.models import DRIFT, drift_rules, service_rules
from trimtab.components.cluster_monitoring.alerts.queues import queue_rules
from trimtab.components.cluster_monitoring.alerts.serving import serving_rules
from trimtab.components.cluster_monitoring.alerts.workloads import workload_rules
from trimtab.components.cluster_monitoring.exporters import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pulumi

    from trimtab.components.cluster_monitoring.alerts.model import Rule
    from trimtab.spec.cluster.monitoring import ClusterMonitoring

GROUPS: dict[str, Callable[[ClusterMonitoring], list[Rule]]] = {
    "gpus": gpu_rules,
    "queues": queue_rules,
    "serving": serving_rules,
    "error-budgets": budget_rules,
    "drift": drift_rules,
    "services": service_rules,
    "workloads": workload_rules,
}
"""Name of a group → its rules."""


def rules(spec: ClusterMonitoring) -> dict[str, list[Rule]]:
    """Return the rules of each group whose exporters are all scraped."""
    scraped = {*spec.exporters, *ALWAYS, *(["drift"] if spec.drift else [])}
    chosen = {
        name: [rule for rule in build(spec) if scraped.issuperset(rule.exporters)] for name, build in GROUPS.items()
    }
    return {name: found for name, found in chosen.items() if found}


def rule_groups(spec: ClusterMonitoring, namespace: pulumi.Input[str]) -> list[dict[str, Any]]:
    """Return `groups` of a rule file, and of a PrometheusRule's spec.

    Args:
        spec: the declaration.
        namespace: where the AlertmanagerConfig lives; see `Alert.rule`.
    """
    return [
        {"name": f"trimtab-{name}", "rules": [rule.rule(namespace) for rule in found]}
        for name, found in rules(spec).items()
    ]


__all__ = ["DRIFT", "GROUPS", "Alert", "Recording", "rule_groups", "rules"]
