"""What counts the requests of a KServe predictor in mode raw: a port of the runtime's own that Prometheus reaches."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from tests.components.cluster.served import RUNTIME
from tests.components.cluster.test_served_review import CONTEXT
from tests.render.joins.pods import matches, pods_of
from tests.render.joins.selectors import of_kind
from trimtab.components.cluster_monitoring.exporters import EXPORTERS
from trimtab.components.model_server import ModelServer
from trimtab.render.objects import objects_of
from trimtab.render.program import Settings, run
from trimtab.spec.cluster.serving import ClusterServing
from trimtab.spec.cluster.serving_metrics import METRICS_PORTS


@pytest.mark.parametrize("metrics", METRICS_PORTS)
def test_a_runtime_is_scraped_where_it_counts(metrics: str) -> None:
    predictor = {**RUNTIME["predictor"], "metrics": metrics}
    spec: Any = TypeAdapter(ClusterServing).validate_python({**RUNTIME, "mode": "raw", "predictor": predictor})
    recorded, _ = run(lambda: ModelServer("m", {"context": CONTEXT, "namespace": "team", "spec": spec}), Settings())
    objects, _ = objects_of(recorded)
    (pod,) = [pod for pod in pods_of(objects) if pod.owner.kind == "InferenceService"]
    assert list(pod.ports) == ["http1", "metrics"], "KServe sends requests to the first one"
    assert pod.ports["metrics"] == METRICS_PORTS[spec.predictor.metrics]
    for name in METRICS_PORTS:
        target = EXPORTERS[name].target
        assert target is not None
        chosen = {
            "matchLabels": target.match,
            "matchExpressions": [{"key": it, "operator": "Exists"} for it in target.has],
        }
        assert matches(chosen, pod.labels) == (name == metrics), "nothing is scraped twice"
    (policy,) = of_kind(objects, "NetworkPolicy")
    ports = [each["port"] for rule in policy.document["spec"]["ingress"] for each in rule["ports"]]
    assert pod.ports["metrics"] in ports
