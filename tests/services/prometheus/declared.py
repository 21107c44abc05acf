"""A declaration of monitoring that has everything, so that every rule and panel is declared."""

from __future__ import annotations

from typing import Any

from trimtab.spec.cluster.monitoring import ClusterMonitoring

IMAGE = "registry.acme.example/drift@sha256:" + "a" * 64
ROUTING = {
    "mail": {
        "smarthost": "smtp.acme.example:587",
        "sender": "alerts@acme.example",
        "username": "alerts",
        "password": {"secret": "mail", "key": "password"},
    }
}


def whole() -> dict[str, Any]:
    """What YAML would hold."""
    return {
        "exporters": ["dcgm", "feast", "kserve", "kueue", "mlflow", "mlserver", "ray", "triton", "vllm"],
        "objectives": [
            {"model": "fraud", "server": "kserve", "latencyMs": 200},
            {"model": "search", "server": "ray", "latencyMs": 200},
            {"model": "chat", "server": "vllm", "latencyMs": 2000},
            {"model": "intent", "server": "triton"},
            {"model": "churn", "server": "mlserver", "latencyMs": 200},
        ],
        "drift": {
            "image": IMAGE,
            "models": [
                {"model": "fraud", "reference": "s3://acme-data/fraud/train", "current": "s3://acme-data/fraud/asked"}
            ],
        },
        "routing": ROUTING,
    }


def monitoring(**changes: Any) -> ClusterMonitoring:
    """The declaration, with other values at its top."""
    return ClusterMonitoring.model_validate({**whole(), **changes})
