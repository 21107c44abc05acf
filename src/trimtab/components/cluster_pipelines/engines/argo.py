"""A retraining as Argo's objects: template, schedule, and what an alert starts it by."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from trimtab.components.cluster_pipelines.engines.pods import (
    ACCOUNT,
    SCRATCH,
    SCRATCH_GIB,
    container,
    pod_security_context,
)
from trimtab.components.cluster_pipelines.steps.plan import POLL_SECONDS, Own, Ref, steps
from trimtab.components.kube.pods import room

if TYPE_CHECKING:
    from trimtab.components.cluster_pipelines.steps.plan import Argument, Step
    from trimtab.spec.cluster.pipelines_retraining import ClusterRetraining

VERSION = "argoproj.io/v1alpha1"
ENTRY = "retrain"
_DATA_VERSION = "data-version"


def workflow_spec(spec: ClusterRetraining) -> dict[str, Any]:
    """Return a WorkflowTemplate's `spec`."""
    planned = steps(spec)
    tasks = [_task(step, previous) for step, previous in zip(planned, (None, *planned), strict=False)]
    return {
        **shared_spec(spec.name),
        "activeDeadlineSeconds": sum(step.seconds for step in planned),
        "entrypoint": ENTRY,
        "arguments": {"parameters": [{"name": _DATA_VERSION, "value": "head"}, {"name": "reason", "value": "manual"}]},
        "templates": [{"name": ENTRY, "dag": {"tasks": tasks}}, *(_template(step, spec) for step in planned)],
    }


def shared_spec(name: str) -> dict[str, Any]:
    """Return what the workflows of every pipeline have in common: one run at a time, cleaned up after a week."""
    return {
        "serviceAccountName": ACCOUNT,
        # Argo's executor beside each step tells the cluster what the step wrote.
        "automountServiceAccountToken": True,
        "synchronization": {"mutexes": [{"name": name}]},
        "securityContext": pod_security_context(),
        "podGC": {"strategy": "OnPodSuccess"},
        "ttlStrategy": {"secondsAfterCompletion": 604_800},
        "volumes": [room("scratch", gib=SCRATCH_GIB)],
    }


def schedule_spec(spec: ClusterRetraining, cron: str) -> dict[str, Any]:
    """Return a CronWorkflow's `spec`."""
    reason = {"parameters": [{"name": "reason", "value": "schedule"}]}
    return {
        "schedules": [cron],
        "timezone": "Etc/UTC",
        "concurrencyPolicy": "Forbid",
        "startingDeadlineSeconds": 3600,
        "successfulJobsHistoryLimit": 3,
        "failedJobsHistoryLimit": 3,
        "workflowSpec": {
            "workflowTemplateRef": {"name": spec.name},
            "activeDeadlineSeconds": sum(step.seconds for step in steps(spec)),
            "arguments": reason,
        },
    }


def event_binding_spec(spec: ClusterRetraining) -> dict[str, Any]:
    """Return a WorkflowEventBinding's `spec`: Alertmanager's message of a firing alert about the model."""
    return {
        "event": {
            "selector": f'discriminator == "{spec.name}" && payload.status == "firing" '
            f'&& payload.commonLabels.model == "{spec.model}"'
        },
        "submit": {
            "workflowTemplateRef": {"name": spec.name},
            "arguments": {"parameters": [{"name": "reason", "valueFrom": {"event": "payload.commonLabels.alertname"}}]},
        },
    }


def _task(step: Step, previous: Step | None) -> dict[str, Any]:
    parameters = [
        {"name": ref.output, "value": f"{{{{tasks.{ref.step}.outputs.parameters.{ref.output}}}}}"} for ref in step.refs
    ]
    return {
        "name": step.name,
        "template": step.name,
        **({"depends": f"{previous.name}.Succeeded"} if previous else {}),
        **({"arguments": {"parameters": parameters}} if parameters else {}),
    }


def _template(step: Step, spec: ClusterRetraining) -> dict[str, Any]:
    written = [_argument(argument, step, spec) for argument in step.args]
    known: dict[str, Any] = {"name": step.name, "container": {**container(step, spec, written), "name": "main"}}
    if step.refs:
        known["inputs"] = {"parameters": [{"name": ref.output} for ref in step.refs]}
    if step.output:
        parameter = {"name": step.output, "valueFrom": {"path": _file(step)}}
        known["outputs"] = {"parameters": [parameter]}
    if step.labels:
        known["metadata"] = {"labels": step.labels}
    if step.retry:
        return {**known, "retryStrategy": _later(step.seconds)}
    return {**known, "activeDeadlineSeconds": step.seconds}


def _later(seconds: int) -> dict[str, Any]:
    """No pod waits for a person: one looks, leaves with 75, and another looks later."""
    return {
        "limit": math.ceil(seconds / POLL_SECONDS),
        "retryPolicy": "Always",
        "expression": "asInt(lastRetry.exitCode) == 75",
        "backoff": {"duration": str(POLL_SECONDS), "factor": 1, "maxDuration": str(seconds)},
    }


def _argument(argument: Argument, step: Step, spec: ClusterRetraining) -> str:
    match argument:
        case Ref(output=output):
            return f"{{{{inputs.parameters.{output}}}}}"
        case Own("model-uri"):
            return f"{spec.models.rstrip('/')}/{{{{workflow.uid}}}}"
        case Own("data-version"):
            return f"{{{{workflow.parameters.{_DATA_VERSION}}}}}"
        case Own():
            return _file(step)
        case str():
            return argument


def _file(step: Step) -> str:
    return f"{SCRATCH}/outputs/{step.output}"
