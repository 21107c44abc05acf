"""A retraining as Kubeflow Pipelines' intermediate representation, and the run that submits it.

The format is `kfp-pipeline-spec`'s PipelineSpec, schema 2.1.0 (api/v2alpha1/pipeline_spec.proto of kubeflow/pipelines);
a run carries it in `pipeline_spec` (POST /apis/v2beta1/runs).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.cluster_pipelines.engines.pods import ACCOUNT
from trimtab.components.cluster_pipelines.steps.plan import Own, Ref, steps

if TYPE_CHECKING:
    from trimtab.components.cluster_pipelines.steps.plan import Argument, Step
    from trimtab.spec.cluster.pipelines_retraining import ClusterRetraining

SCHEMA, SDK = "2.1.0", "kfp-2.14.3"
_STRING = {"parameterType": "STRING"}
_DATA_VERSION = "data_version"


def run(spec: ClusterRetraining) -> dict[str, Any]:
    """Return the body of POST /apis/v2beta1/runs."""
    return {
        "display_name": spec.name,
        "pipeline_spec": {"pipeline_spec": pipeline_spec(spec), "platform_spec": platform_spec(spec)},
        "runtime_config": {"parameters": {_DATA_VERSION: "head"}},
        "service_account": ACCOUNT,
    }


def pipeline_spec(spec: ClusterRetraining) -> dict[str, Any]:
    """Return the PipelineSpec, as `kfp` would compile it."""
    planned = steps(spec)
    return {
        "pipelineInfo": {"name": spec.name, "description": f"retrains {spec.model}"},
        "schemaVersion": SCHEMA,
        "sdkVersion": SDK,
        "components": {f"comp-{step.name}": _component(step) for step in planned},
        "deploymentSpec": {
            "executors": {f"exec-{step.name}": {"container": _executor(step, spec)} for step in planned}
        },
        "root": {
            "inputDefinitions": {
                "parameters": {_DATA_VERSION: {**_STRING, "defaultValue": "head", "isOptional": True}}
            },
            "dag": {"tasks": {step.name: _task(step, before) for step, before in zip(planned, (None, *planned))}},  # noqa: B905  the last has no follower
        },
    }


def platform_spec(spec: ClusterRetraining) -> dict[str, Any]:
    """Return what only Kubernetes has: labels of pods, and who asks MLflow."""
    executors = {f"exec-{step.name}": _on_kubernetes(step, spec) for step in steps(spec)}
    return {"platforms": {"kubernetes": {"deploymentSpec": {"executors": executors}}}}


def _component(step: Step) -> dict[str, Any]:
    inputs = dict.fromkeys(_inputs(step), _STRING)
    return {
        "executorLabel": f"exec-{step.name}",
        **({"inputDefinitions": {"parameters": inputs}} if inputs else {}),
        **({"outputDefinitions": {"parameters": {step.output: _STRING}}} if step.output else {}),
    }


def _inputs(step: Step) -> tuple[str, ...]:
    version = (_DATA_VERSION,) if Own("data-version") in step.args else ()
    return (*(ref.output for ref in step.refs), *version)


def _task(step: Step, previous: Step | None) -> dict[str, Any]:
    taken: dict[str, Any] = {
        ref.output: {"taskOutputParameter": {"producerTask": ref.step, "outputParameterKey": ref.output}}
        for ref in step.refs
    }
    if _DATA_VERSION in _inputs(step):
        taken[_DATA_VERSION] = {"componentInputParameter": _DATA_VERSION}
    return {
        "taskInfo": {"name": step.name},
        "componentRef": {"name": f"comp-{step.name}"},
        # A retraining is never answered from the cache of the one before it.
        "cachingOptions": {},
        **({"dependentTasks": [previous.name]} if previous else {}),
        **({"inputs": {"parameters": taken}} if taken else {}),
    }


def _executor(step: Step, spec: ClusterRetraining) -> dict[str, Any]:
    size: dict[str, Any] = {
        "cpuRequest": step.cpu_millicores / 1000,
        "cpuLimit": step.cpu_millicores / 1000,
        "memoryRequest": _gigabytes(step.memory_mib),
        "memoryLimit": _gigabytes(step.memory_mib),
    }
    if step.gpus:
        size["accelerator"] = {"type": "nvidia.com/gpu", "count": str(step.gpus)}
    args = [_argument(argument, step, spec) for argument in step.args]
    return {
        "image": step.image,
        "command": list(step.command),
        # A person is waited for in the pod: Kubeflow has no step that sleeps.
        "args": [*args, *(["--wait", str(step.seconds)] if step.retry else [])],
        "env": [{"name": "MLFLOW_TRACKING_URI", "value": spec.registry.url}],
        "resources": size,
    }


def _on_kubernetes(step: Step, spec: ClusterRetraining) -> dict[str, Any]:
    secret = spec.registry.credentials
    names = {"username": "MLFLOW_TRACKING_USERNAME", "password": "MLFLOW_TRACKING_PASSWORD"}
    keys = [{"secretKey": key, "envVar": name} for key, name in names.items()]
    return {
        **({"podMetadata": {"labels": step.labels}} if step.labels else {}),
        **({"secretAsEnv": [{"secretName": secret, "keyToEnv": keys}]} if secret else {}),
        "activeDeadlineSeconds": str(step.seconds + (600 if step.retry else 0)),
    }


def _argument(argument: Argument, step: Step, spec: ClusterRetraining) -> str:
    match argument:
        case Ref(output=output):
            return f"{{{{$.inputs.parameters['{output}']}}}}"
        case Own("model-uri"):
            return f"{spec.models.rstrip('/')}/{{{{$.pipeline_job_uuid}}}}"
        case Own("data-version"):
            return f"{{{{$.inputs.parameters['{_DATA_VERSION}']}}}}"
        case Own():
            return f"{{{{$.outputs.parameters['{step.output}'].output_file}}}}"
        case str():
            return argument


def _gigabytes(mib: int) -> float:
    """Return 10^9 bytes: what Kubeflow counts memory in."""
    return round(mib * 2**20 / 10**9, 6)
