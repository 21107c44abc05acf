"""Ray Serve's configuration: which applications run, and what their replicas reserve."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trimtab.spec.cluster.pods import PERCENT
from trimtab.spec.cluster.serving_ray_apps import LlmApplication

if TYPE_CHECKING:
    from trimtab.spec.cluster.serving import RayServing
    from trimtab.spec.cluster.serving_ray_apps import CodeApplication, DeploymentScaling, ServeDeployment

LLM_BUILDER = "ray.serve.llm:build_openai_app"
"""Ray Serve LLM's own application: OpenAI's API over vLLM."""


def serve_config(spec: RayServing) -> str:
    """Return `serveConfigV2`, as JSON, which is YAML too."""
    applications = [_llm(app) if isinstance(app, LlmApplication) else _code(app) for app in spec.applications]
    return json.dumps({"applications": applications}, indent=2)


def _autoscaling(scaling: DeploymentScaling) -> dict[str, Any]:
    return {
        "min_replicas": scaling.min_replicas,
        "max_replicas": scaling.max_replicas,
        "target_ongoing_requests": scaling.target_ongoing_requests,
    }


def _llm(app: LlmApplication) -> dict[str, Any]:
    config = {
        "model_loading_config": {"model_id": app.engine.served_model_name, "model_source": app.model.model_id},
        "engine_kwargs": {
            "revision": app.model.revision,
            "tokenizer_revision": app.model.revision,
            "code_revision": app.model.revision,
            "tensor_parallel_size": app.engine.tensor_parallel_size,
            "max_model_len": app.engine.max_model_len,
            "gpu_memory_utilization": app.engine.gpu_memory_utilization_percent / PERCENT,
            "dtype": app.engine.dtype,
        },
        "deployment_config": {"autoscaling_config": _autoscaling(app.scaling)},
    }
    return {
        "name": app.name,
        "route_prefix": app.route_prefix,
        "import_path": LLM_BUILDER,
        "args": {"llm_configs": [config]},
    }


def _code(app: CodeApplication) -> dict[str, Any]:
    runtime = {
        **({"working_dir": app.working_dir} if app.working_dir else {}),
        **({"env_vars": dict(app.environment)} if app.environment else {}),
    }
    return {
        "name": app.name,
        "route_prefix": app.route_prefix,
        "import_path": app.import_path,
        **({"args": app.args} if app.args else {}),
        **({"runtime_env": runtime} if runtime else {}),
        "deployments": [_deployment(item) for item in app.deployments],
    }


def _deployment(item: ServeDeployment) -> dict[str, Any]:
    return {
        "name": item.name,
        "autoscaling_config": _autoscaling(item.scaling),
        "ray_actor_options": {"num_cpus": item.cpus, "num_gpus": item.gpus},
    }
