"""The custom resources of each pipeline that runs on the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_kubernetes as kubernetes

from trimtab.components.cluster_pipelines.engines.argo import (
    VERSION,
    event_binding_spec,
    schedule_spec,
    workflow_spec,
)
from trimtab.components.cluster_pipelines.engines.submission import FILE, run_file, submission_spec
from trimtab.spec.cluster.pipelines import KubeflowEngine

if TYPE_CHECKING:
    from trimtab.components.kube import ClusterComponent
    from trimtab.spec.cluster.pipelines import ArgoEngine
    from trimtab.spec.cluster.pipelines_retraining import ClusterRetraining


def engine_objects(component: ClusterComponent, spec: ClusterRetraining, engine: ArgoEngine | KubeflowEngine) -> None:
    """Declare a pipeline's template, its schedule, and what alerts start it by."""
    if isinstance(engine, KubeflowEngine):
        _run(component, spec)
        template = submission_spec(spec, engine, _run_name(spec))
    else:
        template = workflow_spec(spec)
    _object(component, spec, "WorkflowTemplate", template)
    _object(component, spec, "WorkflowEventBinding", event_binding_spec(spec))
    if spec.schedule is not None:
        _object(component, spec, "CronWorkflow", schedule_spec(spec, spec.schedule))


def _object(component: ClusterComponent, spec: ClusterRetraining, kind: str, fields: dict[str, Any]) -> None:
    component.custom(
        f"{component.name}-{spec.name}-{kind.lower()}",
        VERSION,
        kind,
        component.metadata(spec.name, model=spec.model),
        {"spec": fields},
    )


def _run_name(spec: ClusterRetraining) -> str:
    return f"{spec.name}-run"


def _run(component: ClusterComponent, spec: ClusterRetraining) -> None:
    name = _run_name(spec)
    kubernetes.core.v1.ConfigMap(
        f"{component.name}-{name}",
        metadata=component.metadata(name, model=spec.model),
        data={FILE: run_file(spec)},
        opts=component.child(),
    )
