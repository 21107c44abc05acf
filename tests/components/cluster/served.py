"""Declarations of served models and of training, one of each form, as YAML would hold them."""

from __future__ import annotations

from typing import Any

DIGEST = "sha256:" + "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"
COMMIT = "c170c708c41dac9275d15a8fff4eca08d52bab71"
PROMETHEUS: dict[str, Any] = {
    "type": "prometheus",
    "query": 'sum(vllm:num_requests_waiting{namespace="team"})',
    "threshold": 4,
}
VLLM: dict[str, Any] = {
    "form": "vllm",
    "name": "assistant",
    "namespace": "team",
    "modelGroup": "assistant",
    "image": f"docker.io/vllm/vllm-openai@{DIGEST}",
    "gpuMemoryGib": 18,
    "latencyP99Ms": 20_000,
    "serviceClass": "critical",
    "callers": ["shop"],
    "spreadOverZones": "required",
    "resources": {"cpuMillicores": 4000, "memoryMib": 24_576},
    "gpu": {"type": "whole", "count": 1},
    "pool": "inference",
    "instanceType": "g6.2xlarge",
    "minReplicas": 2,
    "maxReplicas": 8,
    "scaling": PROMETHEUS,
    "model": {
        "modelId": "mistralai/Mistral-7B-Instruct-v0.3",
        "revision": COMMIT,
        "token": {"type": "external-secret", "store": "vault", "remoteKey": "hub", "property": "token"},
    },
    "engine": {"servedModelName": "assistant", "maxModelLen": 16_384, "dtype": "bfloat16"},
    "cache": {"type": "claim", "sizeGib": 60, "storageClass": "efs"},
}
SPREAD: dict[str, Any] = {
    **VLLM,
    "name": "large",
    "gpuMemoryGib": 80,
    "gpu": {"type": "whole", "count": 4},
    "instanceType": "g6.12xlarge",
    "minReplicas": 1,
    "maxReplicas": 1,
    "scaling": None,
    "serviceClass": "standard",
    "spreadOverZones": "none",
    "engine": {"servedModelName": "large", "maxModelLen": 32_768, "tensorParallelSize": 4},
    "cache": {"type": "host-path", "path": "/mnt/models"},
    "model": {
        "modelId": "acme/large",
        "revision": COMMIT,
        "token": {"type": "secret", "name": "hub", "key": "hf"},
    },
}
SMALL: dict[str, Any] = {
    **VLLM,
    "name": "small",
    "gpuMemoryGib": 9,
    "gpu": {"type": "mig", "profile": "1g.10gb"},
    "instanceType": "p4d.24xlarge",
    "scaling": {"type": "cpu", "targetPercent": 60},
    "cache": {"type": "empty-dir", "sizeGib": 20},
    "model": {"modelId": "acme/small", "revision": COMMIT},
}
ROOT: dict[str, Any] = {
    "namespace": "team",
    "image": f"registry.example.com/risk/scorer@{DIGEST}",
    "resources": {"cpuMillicores": 1000, "memoryMib": 2048},
}
CANARY: dict[str, Any] = {
    **ROOT,
    "form": "kserve",
    "name": "fraud",
    "modelGroup": "fraud",
    "mode": "serverless",
    "predictor": {"type": "container", "args": ["--workers=2"], "storageUri": "s3://acme-models/fraud/7"},
    "scaling": {"type": "requests", "metric": "concurrency", "target": 8},
    "canaryTrafficPercent": 10,
    "minReplicas": 0,
    "maxReplicas": 6,
}
RUNTIME: dict[str, Any] = {
    **ROOT,
    "form": "kserve",
    "name": "churn",
    "modelGroup": "churn",
    "driftMonitor": False,
    "predictor": {
        "type": "runtime",
        "modelFormat": "xgboost",
        "formatVersion": "2",
        "runtime": "kserve-xgbserver",
        "storageUri": "s3://acme-models/churn/3",
    },
    "scaling": {"type": "cpu"},
    "maxReplicas": 4,
}
EMBEDDER: dict[str, Any] = {
    **RUNTIME,
    "name": "embedder",
    "modelGroup": "embedder",
    "gpu": {"type": "time-slice"},
    "predictor": {"type": "runtime", "modelFormat": "huggingface", "storageUri": f"hf://acme/embedder:{COMMIT}"},
    "scaling": PROMETHEUS,
}
WORKERS: dict[str, Any] = {
    "name": "gpu",
    "resources": {"cpuMillicores": 8000, "memoryMib": 49_152},
    "gpu": {"type": "whole", "count": 2},
    "pool": "inference",
    "instanceType": "g6.12xlarge",
    "minReplicas": 1,
    "maxReplicas": 5,
}
RAY: dict[str, Any] = {
    "form": "ray",
    "name": "chat",
    "namespace": "team",
    "modelGroup": "chat",
    "image": f"docker.io/rayproject/ray-llm@{DIGEST}",
    "rayVersion": "2.52.0",
    "applications": [
        {
            "type": "llm",
            "name": "chat",
            "model": {"modelId": "acme/chat", "revision": COMMIT, "token": {"type": "secret", "name": "hub"}},
            "engine": {"servedModelName": "chat", "maxModelLen": 8192, "tensorParallelSize": 2},
            "scaling": {"minReplicas": 1, "maxReplicas": 5, "targetOngoingRequests": 16},
        },
        {
            "type": "code",
            "name": "router",
            "routePrefix": "/router",
            "importPath": "team.router:application",
            "args": {"model": "chat"},
            "workingDir": "s3://acme-code/router.zip",
            "environment": {"LOG_LEVEL": "info"},
            "deployments": [{"name": "Router", "cpus": 0.5}],
        },
    ],
    "workers": [
        WORKERS,
        {"name": "cpu", "resources": {"cpuMillicores": 4000, "memoryMib": 8192}, "minReplicas": 0, "maxReplicas": 3},
    ],
}
SERVED = {
    "assistant": VLLM,
    "large": SPREAD,
    "small": SMALL,
    "fraud": CANARY,
    "churn": RUNTIME,
    "embedder": EMBEDDER,
    "chat": RAY,
}
"""Name → declaration; together they hold every form, scaling, cache and share of a GPU."""

_NODE: dict[str, Any] = {
    "image": f"docker.io/pytorch/pytorch@{DIGEST}",
    "resources": {"cpuMillicores": 80_000, "memoryMib": 900_000},
    "gpu": {"type": "whole", "count": 8},
    "pool": "training",
    "instanceType": "p5.48xlarge",
}
TRAINING: dict[str, Any] = {
    "namespace": "team",
    "queue": "training",
    "runtimes": [
        {**_NODE, "type": "torch", "name": "torch", "nodes": 4, "efa": True},
        {**_NODE, "type": "deepspeed", "name": "deepspeed", "nodes": 2},
        {"type": "torch", "name": "everywhere", "scope": "cluster", **{k: _NODE[k] for k in ("image", "resources")}},
    ],
    "jobs": [
        {"name": "first", "runtime": "torch", "nodes": 2, "args": ["--epochs=3"], "model": "assistant"},
        {"name": "smoke", "runtime": "everywhere", "queue": "small", "command": ["python", "-m", "team.smoke"]},
    ],
    "rayClusters": [
        {
            "name": "research",
            "image": f"docker.io/rayproject/ray@{DIGEST}",
            "rayVersion": "2.52.0",
            "workers": [{**WORKERS, "pool": "training", "minReplicas": 0}],
        }
    ],
    "rayJobs": [
        {
            "name": "tune",
            "image": f"docker.io/rayproject/ray@{DIGEST}",
            "rayVersion": "2.51.1",
            "tokenAuth": False,
            "entrypoint": "python -m team.tune",
            "environment": {"TRIALS": "40"},
            "workers": [{**WORKERS, "minReplicas": 4, "maxReplicas": 4}],
        }
    ],
}
