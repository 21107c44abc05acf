"""The drift service's objects as plain dicts: what it runs, what it reads, who may reach it."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from trimtab.components.kube.pods import container_security, pod_security, room
from trimtab.components.kube.traffic import namespaces, policy, tcp, to_names, to_pod_identity, to_web

if TYPE_CHECKING:
    from trimtab.spec.cluster.monitoring_drift import DriftedModel, DriftService

NAME = "drift"
PORT = 9000
LABELS = {"app.kubernetes.io/name": "trimtab-drift"}
_USER = 10_001
_AT = "/opt/drift"


def drift_files(spec: DriftService) -> dict[str, str]:
    """Return file name → content of the ConfigMap that the service runs from."""
    return {
        "check.py": files(__package__).joinpath("check.py").read_text(encoding="utf-8"),
        "config.json": json.dumps(_config(spec), sort_keys=True),
    }


def deployment_spec(spec: DriftService, content: dict[str, str]) -> dict[str, Any]:
    """Return the Deployment's `spec`; a changed file starts a new pod."""
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return {
        "replicas": 1,
        # Two of them would say everything twice.
        "strategy": {"type": "Recreate"},
        "selector": {"matchLabels": LABELS},
        "template": {
            "metadata": {"labels": LABELS, "annotations": {"trimtab.dev/files": digest}},
            "spec": {
                "serviceAccountName": NAME,
                "automountServiceAccountToken": False,
                "securityContext": pod_security(user=_USER, group=_USER),
                "containers": [_container(spec)],
                "volumes": [{"name": "files", "configMap": {"name": NAME}}, room("tmp", gib=4)],
            },
        },
    }


def service_spec() -> dict[str, Any]:
    """Return the Service's `spec`."""
    return {"selector": LABELS, "ports": [{"name": "metrics", "port": PORT, "targetPort": "metrics"}]}


def network_policy_spec(prometheus_namespace: str) -> dict[str, Any]:
    """Return the NetworkPolicy's `spec`: Prometheus scrapes it, it reads S3."""
    return policy(
        LABELS,
        ingress=[{"from": namespaces(prometheus_namespace), "ports": tcp(PORT)}],
        egress=[to_names(), to_web(), to_pod_identity()],
    )


def data_of(models: tuple[DriftedModel, ...]) -> list[tuple[str, str]]:
    """Return (bucket, key) of all that the service reads."""
    uris = [uri for watched in models for uri in (watched.reference, watched.current)]
    parts = [uri.removeprefix("s3://").partition("/") for uri in uris]
    return sorted({(bucket, key.rstrip("/")) for bucket, _, key in parts})


def _container(spec: DriftService) -> dict[str, Any]:
    size = {"cpu": f"{spec.cpu_millicores}m", "memory": f"{spec.memory_mib}Mi"}
    probe = {"httpGet": {"path": "/healthz", "port": "metrics"}}
    return {
        "name": NAME,
        "image": spec.image,
        "command": ["python", f"{_AT}/check.py", f"{_AT}/config.json"],
        "env": [{"name": "HOME", "value": "/tmp"}, {"name": "DO_NOT_TRACK", "value": "1"}],  # noqa: S108  its own
        "ports": [{"name": "metrics", "containerPort": PORT}],
        "resources": {"requests": size, "limits": size},
        "securityContext": container_security(),
        "livenessProbe": {**probe, "periodSeconds": 30, "failureThreshold": 5},
        "readinessProbe": {**probe, "periodSeconds": 10},
        "volumeMounts": [
            {"name": "files", "mountPath": _AT, "readOnly": True},
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108  a volume of its own
        ],
    }


def _config(spec: DriftService) -> dict[str, Any]:
    read = {"model", "reference", "current", "time_column", "window_hours", "columns", "least_rows"}
    return {
        "port": PORT,
        "seconds": spec.hours_between_runs * 3600,
        "models": [watched.model_dump(mode="json", include=read) for watched in spec.models],
    }
