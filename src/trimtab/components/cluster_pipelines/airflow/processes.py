"""Airflow's processes as Deployments' specs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.components.cluster_pipelines.airflow.settings import API_PORT, environment, pod_spec
from trimtab.components.kube.pods import zone_spread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.spec.cluster.pipelines_airflow import ClusterAirflow


@dataclass(frozen=True)
class Process:
    """One of Airflow's processes.

    Attributes:
        name: of its Deployment.
        command: what it runs.
        alive: the command that says whether it lives; None: it is asked over HTTP.
        replicas: how many.
        cpu_millicores: request and limit.
        memory_mib: likewise.
        token: whether it asks the cluster's API server.
    """

    name: str
    command: tuple[str, ...]
    alive: tuple[str, ...] | None
    replicas: int
    cpu_millicores: int
    memory_mib: int
    token: bool


def processes(spec: ClusterAirflow) -> tuple[Process, ...]:
    """Return scheduler, DAG processor, triggerer and API server: Airflow 3 has a process for each."""

    def alive(job: str) -> tuple[str, ...]:
        return ("sh", "-c", f'exec airflow jobs check --job-type {job} --hostname "$(hostname)"')

    return (
        Process(
            "airflow-scheduler",
            ("airflow", "scheduler"),
            alive("SchedulerJob"),
            1,
            spec.scheduler_cpu_millicores,
            spec.scheduler_memory_mib,
            token=True,
        ),
        Process(
            "airflow-dag-processor",
            ("airflow", "dag-processor"),
            alive("DagProcessorJob"),
            1,
            250,
            768,
            token=False,
        ),
        Process("airflow-triggerer", ("airflow", "triggerer"), alive("TriggererJob"), 1, 250, 768, token=True),
        Process("airflow-api", ("airflow", "api-server"), None, spec.api_servers, 500, 1536, token=False),
    )


def labels(process: str) -> dict[str, str]:
    """Return the labels of a process' pods."""
    return {"app.kubernetes.io/name": "airflow", "app.kubernetes.io/component": process.removeprefix("airflow-")}


def deployment_spec(spec: ClusterAirflow, process: Process, files: Mapping[str, str]) -> dict[str, Any]:
    """Return a Deployment's `spec`; a changed DAG or template starts new pods."""
    known = labels(process.name)
    digest = hashlib.sha256(json.dumps(dict(files), sort_keys=True).encode()).hexdigest()
    spread = zone_spread(known, "preferred") if process.replicas > 1 else {}
    return {
        "replicas": process.replicas,
        "selector": {"matchLabels": known},
        "template": {
            "metadata": {"labels": known, "annotations": {"trimtab.dev/files": digest}},
            "spec": {**pod_spec(spec, _container(spec, process), token=process.token), **spread},
        },
    }


def migration_spec(spec: ClusterAirflow) -> dict[str, Any]:
    """Return the `spec` of the Job that brings the database to the image's schema."""
    size = {"cpu": "500m", "memory": "1Gi"}
    container = {
        "name": "migrate",
        "command": ["airflow", "db", "migrate"],
        "env": environment(spec),
        "resources": {"requests": size, "limits": size},
    }
    pod = {**pod_spec(spec, container, token=False), "restartPolicy": "OnFailure"}
    return {"backoffLimit": 10, "template": {"metadata": {"labels": labels("airflow-migrate")}, "spec": pod}}


def _container(spec: ClusterAirflow, process: Process) -> dict[str, Any]:
    size = {"cpu": f"{process.cpu_millicores}m", "memory": f"{process.memory_mib}Mi"}
    known = {
        "name": process.name,
        "command": list(process.command),
        "env": environment(spec),
        "resources": {"requests": size, "limits": size},
    }
    if process.alive:
        # The check starts a Python of its own, which takes seconds on a busy node.
        probe = {"exec": {"command": list(process.alive)}, "timeoutSeconds": 30}
        return {**known, "livenessProbe": {**probe, "periodSeconds": 60, "failureThreshold": 5}}
    get = {"httpGet": {"path": "/api/v2/monitor/health", "port": "api"}}
    return {
        **known,
        "ports": [{"name": "api", "containerPort": API_PORT}],
        "startupProbe": {**get, "periodSeconds": 10, "failureThreshold": 30},
        "livenessProbe": {**get, "periodSeconds": 30, "timeoutSeconds": 10},
        "readinessProbe": {**get, "periodSeconds": 10, "timeoutSeconds": 10},
    }
