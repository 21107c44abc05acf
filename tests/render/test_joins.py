"""What the objects of every shipped stack and example say of each other holds: nothing selects, names or asks nobody.

A wrong label fails nowhere: the API server takes it, and a monitor, a budget or a policy is silently about nothing.
"""

from __future__ import annotations

from dataclasses import replace
from string import Template
from typing import TYPE_CHECKING, Any

import pytest

from tests.render.joins import queries, references, selectors
from tests.render.joins.programs import PROGRAMS, objects_of
from trimtab.cost.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from trimtab.cost.kinds import Kind
    from trimtab.render.objects import KubernetesObject

    Check = Callable[[Sequence[KubernetesObject]], Iterator[str]]

CHECKS: list[Check] = [
    selectors.monitors,
    selectors.services,
    selectors.budgets,
    selectors.policies,
    selectors.constraints,
    references.targets,
    references.queues,
    references.settings,
    references.accounts,
    references.templates,
    queries.queries,
]


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_objects_meet(program: str, check: Check) -> None:
    assert list(check(objects_of(program))) == []


MEASURED = [KINDS["kserve-replicas"], KINDS["kubernetes-workload"]]


@pytest.mark.parametrize("kind", MEASURED, ids=lambda kind: kind.id)
def test_the_analyser_asks_for_what_the_components_pods_have(kind: Kind) -> None:
    asked = [kind.running, *(demand.prometheus for demand in kind.demands)]
    texts = [Template(query.template).safe_substitute(window="5m", gpus="1", units="2") for query in asked if query]
    assert texts
    assert [it for text in texts for it in queries.problems(text, queries.every_exporter())] == []


BROKEN: dict[str, tuple[Check, str, str, dict[str, Any]]] = {
    "a monitor's label": (selectors.monitors, "ServiceMonitor", "cluster-monitoring-mlflow", {"matchLabels": "x"}),
    "a monitor's port": (selectors.monitors, "PodMonitor", "cluster-monitoring-vllm", {"port": "grpc"}),
    "a scraper's namespace": (selectors.monitors, "NetworkPolicy", "feast", {"kubernetes.io/metadata.name": "x"}),
    "a Service's label": (selectors.services, "Service", "mlflow", {"app.kubernetes.io/name": "x"}),
    "a Service's port": (selectors.services, "Service", "mlflow", {"targetPort": "grpc"}),
    "a budget's label": (selectors.budgets, "PodDisruptionBudget", "intent", {"app.kubernetes.io/name": "x"}),
    "a policy's pods": (selectors.policies, "NetworkPolicy", "mlflow", {"cnpg.io/cluster": "x"}),
    "a policy's namespace": (selectors.policies, "NetworkPolicy", "mlflow", {"kubernetes.io/metadata.name": "x"}),
    "a pod's label": (selectors.constraints, "Deployment", "mlflow", {"matchLabels": "x"}),
    "a scaler's target": (references.targets, "ScaledObject", "assistant-chat", {"scaleTargetRef": {"name": "x"}}),
    "a queue": (references.queues, "LocalQueue", "gpu-training", {"clusterQueue": "x"}),
    "a node class": (references.queues, "NodePool", "gpu-training", {"nodeClassRef": {"name": "x"}}),
    "a secret's key": (references.settings, "Deployment", "mlflow", {"key": "x"}),
    "a claim": (references.settings, "Deployment", "assistant-chat", {"claimName": "x"}),
    "an account": (references.accounts, "Deployment", "drift", {"serviceAccountName": "x"}),
    "a role": (references.accounts, "RoleBinding", "retraining", {"roleRef": {"kind": "Role", "name": "x"}}),
    "a template": (references.templates, "CronWorkflow", "retrain-intent", {"workflowTemplateRef": {"name": "x"}}),
    "a metric": (queries.queries, "ScaledObject", "assistant-chat", {"query": "sum(vllm:num_requests_standing)"}),
    "a label": (queries.queries, "ScaledObject", "assistant-chat", {"query": "max by (le) (vllm:kv_cache_usage_perc)"}),
}
"""What is broken → who must see it, in which object, and which fields of it are another."""


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_join_is_seen(name: str) -> None:
    check, kind, called, changed = BROKEN[name]
    objects = [
        replace(one, document=put(one.document, changed)) if (one.kind, one.name) == (kind, called) else one
        for one in objects_of("stack local")
    ]
    found = list(check(objects))
    assert found


def put(value: Any, changed: dict[str, Any]) -> Any:
    """The same, with other values under some keys, wherever those are."""
    if isinstance(value, list):
        return [put(item, changed) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: (_like(item, changed[key]) if key in changed else put(item, changed)) for key, item in value.items()}


def _like(old: Any, new: Any) -> Any:
    """Of labels, other values."""
    return dict.fromkeys(old, new) if isinstance(old, dict) and isinstance(new, str) else new
