"""A Deployment of vLLM servers: the command line, the cache, the probes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.kube.pods import container_security, placement, pod_security, room, shared_memory, zone_spread
from trimtab.components.model_server.names import VLLM_PORT, account, selector, token_secret
from trimtab.spec.cluster.pods import PERCENT
from trimtab.spec.cluster.secret import ExistingSecret
from trimtab.spec.cluster.serving_model import ClaimCache, EmptyDirCache

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.spec.cluster.secret import Token
    from trimtab.spec.cluster.serving import VllmServing
    from trimtab.spec.cluster.serving_model import Cache, Engine, HubModel

CONTAINER = "vllm"
USER, GROUP = 2000, 2000
"""The user `vllm` of the project's image."""
MODELS, SCRATCH, SHM = "/models", "/tmp", "/dev/shm"  # noqa: S108  volumes of the pod, not folders of this machine
SCRATCH_GIB = 20
"""Compiled kernels and CUDA graphs lie there; they differ by GPU, so pods do not share them."""
START_MINUTES = 60
"""How long downloading and loading a model may take before the pod is started anew."""
DRAIN_SECONDS = 120
"""How long a pod that must go may finish its answers."""
NO_TRAFFIC_SECONDS = 10
"""Until every node has heard that the pod is gone from the service."""


def arguments(model: HubModel, engine: Engine) -> list[str]:
    """Return `vllm serve`'s arguments, tokenizer and code by the same commit as the weights."""
    return [
        model.model_id,
        f"--revision={model.revision}",
        f"--tokenizer-revision={model.revision}",
        f"--code-revision={model.revision}",
        f"--served-model-name={engine.served_model_name}",
        f"--tensor-parallel-size={engine.tensor_parallel_size}",
        f"--max-model-len={engine.max_model_len}",
        f"--gpu-memory-utilization={engine.gpu_memory_utilization_percent / PERCENT}",
        f"--dtype={engine.dtype}",
        f"--port={VLLM_PORT}",
    ]


def environment(spec: VllmServing) -> list[dict[str, Any]]:
    """Return the container's environment; everything that is written goes to its volumes."""
    plain = {
        "HF_HOME": f"{MODELS}/huggingface",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "VLLM_NO_USAGE_STATS": "1",
        "HOME": SCRATCH,
        "VLLM_CACHE_ROOT": f"{SCRATCH}/vllm",
        "TRITON_CACHE_DIR": f"{SCRATCH}/triton",
        "TORCHINDUCTOR_CACHE_DIR": f"{SCRATCH}/inductor",
    }
    token = spec.model.token
    return [
        *({"name": name, "value": value} for name, value in plain.items()),
        *([hub_token(token, token_secret(spec))] if token else []),
    ]


def hub_token(token: Token, fetched: str) -> dict[str, Any]:
    """Return the variable that holds the hub's token, from the user's secret or the fetched one."""
    reference = (
        {"name": token.name, "key": token.key}
        if isinstance(token, ExistingSecret)
        else {"name": fetched, "key": "token"}
    )
    return {"name": "HF_TOKEN", "valueFrom": {"secretKeyRef": reference}}


def claim_name(spec: VllmServing) -> str:
    """Return the name of the model cache's volume claim."""
    return f"{spec.name}-models"


def cache_volume(spec: VllmServing, cache: Cache) -> dict[str, Any]:
    """Return the volume that models are downloaded to."""
    if isinstance(cache, EmptyDirCache):
        return room("models", gib=cache.size_gib)
    if isinstance(cache, ClaimCache):
        return {"name": "models", "persistentVolumeClaim": {"claimName": claim_name(spec)}}
    return {"name": "models", "hostPath": {"path": cache.path, "type": "DirectoryOrCreate"}}


def claim(cache: ClaimCache) -> dict[str, Any]:
    """Return the `spec` of the model cache's volume claim."""
    return {
        "accessModes": [cache.access_mode],
        "resources": {"requests": {"storage": f"{cache.size_gib}Gi"}},
        **({"storageClassName": cache.storage_class} if cache.storage_class else {}),
    }


def container(spec: VllmServing) -> dict[str, Any]:
    """Return the server's container."""
    return {
        "name": CONTAINER,
        "image": spec.image,
        "command": ["vllm", "serve"],
        "args": arguments(spec.model, spec.engine),
        "env": environment(spec),
        "ports": [{"name": "http", "containerPort": VLLM_PORT, "protocol": "TCP"}],
        "resources": spec.kubernetes_resources(),
        "securityContext": container_security(),
        "volumeMounts": [
            {"name": "models", "mountPath": MODELS},
            {"name": "scratch", "mountPath": SCRATCH},
            {"name": "shm", "mountPath": SHM},
        ],
        "startupProbe": {**_health(), "periodSeconds": 10, "failureThreshold": START_MINUTES * 6},
        "readinessProbe": {**_health(), "periodSeconds": 5, "failureThreshold": 3},
        "livenessProbe": {**_health(), "periodSeconds": 10, "failureThreshold": 6},
        "lifecycle": {"preStop": {"sleep": {"seconds": NO_TRAFFIC_SECONDS}}},
    }


def _health() -> dict[str, Any]:
    return {"httpGet": {"path": "/health", "port": "http"}, "timeoutSeconds": 5}


def pod(spec: VllmServing) -> dict[str, Any]:
    """Return the pod's `spec`."""
    return {
        "serviceAccountName": account(spec),
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,  # VLLM_PORT, which Kubernetes would set for a service `vllm`, is vLLM's own
        "terminationGracePeriodSeconds": DRAIN_SECONDS,
        "securityContext": pod_security(user=USER, group=GROUP),
        "containers": [container(spec)],
        "volumes": [
            cache_volume(spec, spec.cache),
            room("scratch", gib=SCRATCH_GIB),
            shared_memory("shm", mib=spec.shared_memory_mib),
        ],
        **placement(spec),
        **zone_spread(selector(spec), spec.spread_over_zones),
    }


def deployment(spec: VllmServing, pod_labels: Mapping[str, str], annotations: Mapping[str, str]) -> dict[str, Any]:
    """Return the Deployment's `spec`; the number of replicas is left to the autoscaler where there is one."""
    # A second pod cannot mount a volume that is on one node: the old one goes first.
    alone = isinstance(spec.cache, ClaimCache) and spec.cache.access_mode == "ReadWriteOnce"
    surge = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}
    return {
        **({} if spec.scaling else {"replicas": spec.min_replicas}),
        "selector": {"matchLabels": selector(spec)},
        "strategy": {"type": "Recreate"} if alone else surge,
        "progressDeadlineSeconds": START_MINUTES * 60,
        "template": {
            "metadata": {"labels": dict(pod_labels), "annotations": dict(annotations)},
            "spec": pod(spec),
        },
    }
