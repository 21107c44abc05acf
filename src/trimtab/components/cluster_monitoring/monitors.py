"""ServiceMonitors and PodMonitors: how the declared exporters are scraped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from trimtab.components.cluster_monitoring.exporters import EXPORTERS, MODEL

if TYPE_CHECKING:
    from trimtab.components.cluster_monitoring.exporters import Exporter, Target
    from trimtab.spec.cluster.monitoring import ClusterMonitoring

MONITOR_VERSION = "monitoring.coreos.com/v1"
_MODEL_META = "__meta_kubernetes_pod_label_" + re.sub(r"\W", "_", MODEL)
_TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token"  # noqa: S105  a path of Prometheus' own pod


def monitors(spec: ClusterMonitoring) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return exporter → (kind, `spec`) of its monitor."""
    names = [*spec.exporters, *(["drift"] if spec.drift else [])]
    found = {name: EXPORTERS[name] for name in names}
    return {
        name: monitor(exporter, exporter.target, spec.scrape_interval_seconds)
        for name, exporter in found.items()
        if exporter.target is not None
    }


def monitor(exporter: Exporter, target: Target, seconds: int) -> tuple[str, dict[str, Any]]:
    """Return (kind, `spec`) of a monitor over all namespaces."""
    endpoints = [_endpoint(exporter, target, port, seconds) for port in target.ports]
    known = {"namespaceSelector": {"any": True}, "selector": _selector(target)}
    if target.through == "pods":
        return "PodMonitor", {**known, "podMetricsEndpoints": endpoints}
    return "ServiceMonitor", {**known, "endpoints": endpoints}


def _selector(target: Target) -> dict[str, Any]:
    exists = [{"key": label, "operator": "Exists"} for label in target.has]
    return {"matchLabels": target.match, **({"matchExpressions": exists} if exists else {})}


def _endpoint(exporter: Exporter, target: Target, port: str, seconds: int) -> dict[str, Any]:
    # A rule asks for `exporter` and `model` whatever the job is called. Only servers of models are scraped by pods; a
    # service like the drift service says of itself which model a sample is about.
    relabelings: list[dict[str, Any]] = [{"action": "replace", "targetLabel": "exporter", "replacement": exporter.name}]
    if target.honor_labels:
        # A series without a pod of its own is about nobody's: with the exporter's own pod it would look held.
        relabelings.append({"action": "labeldrop", "regex": "pod|container"})
    if target.through == "pods":
        named = {"sourceLabels": [_MODEL_META], "regex": "(.+)", "targetLabel": "model"}
        relabelings.append({"action": "replace", **named})
    # Kueue's certificate is signed by itself; the token is what it checks.
    asked = {"bearerTokenFile": _TOKEN, "tlsConfig": {"insecureSkipVerify": True}} if target.scheme == "https" else {}
    return {
        "port": port,
        "path": target.path,
        "scheme": target.scheme,
        "interval": f"{seconds}s",
        "scrapeTimeout": f"{min(seconds, 10)}s",
        "honorLabels": target.honor_labels,
        "relabelings": relabelings,
        **asked,
    }
