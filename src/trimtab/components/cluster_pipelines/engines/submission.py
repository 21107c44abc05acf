"""What starts a Kubeflow run: a workflow of the Argo beneath it, so that schedules and alerts work as they do there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trimtab.components.cluster_pipelines.engines.argo import ENTRY, shared_spec
from trimtab.components.cluster_pipelines.engines.kubeflow import run
from trimtab.components.cluster_pipelines.engines.pods import container
from trimtab.components.cluster_pipelines.steps.plan import Step, step_text

if TYPE_CHECKING:
    from trimtab.spec.cluster.pipelines import KubeflowEngine
    from trimtab.spec.cluster.pipelines_retraining import ClusterRetraining

FILE = "run.json"
_AT = "/opt/run"
_SECONDS = 600


def run_file(spec: ClusterRetraining) -> str:
    """Return the run that is submitted, as JSON."""
    return json.dumps(run(spec), sort_keys=True)


def submission_spec(spec: ClusterRetraining, engine: KubeflowEngine, config_map: str) -> dict[str, Any]:
    """Return the `spec` of the WorkflowTemplate that submits a run.

    Args:
        spec: the pipeline.
        engine: where Kubeflow's API is.
        config_map: with the file `run.json`.
    """
    command = ("python", "-c", step_text(), "submit")
    step = Step("submit", spec.tools_image, command, (), _SECONDS)
    main = container(step, spec, ["--api", engine.api, "--run", f"{_AT}/{FILE}"])
    main["volumeMounts"] = [*main["volumeMounts"], {"name": "run", "mountPath": _AT, "readOnly": True}]
    shared = shared_spec(spec.name)
    volumes = [*shared["volumes"], {"name": "run", "configMap": {"name": config_map}}]
    return {
        **shared,
        "volumes": volumes,
        "entrypoint": ENTRY,
        "arguments": {"parameters": [{"name": "reason", "value": "manual"}]},
        "templates": [{"name": ENTRY, "activeDeadlineSeconds": _SECONDS, "container": {**main, "name": "main"}}],
    }
