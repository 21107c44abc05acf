"""What the pods of every step have, whatever engine starts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.kube.pods import container_security

if TYPE_CHECKING:
    from trimtab.components.cluster_pipelines.steps.plan import Step
    from trimtab.spec.cluster.pipelines_retraining import ClusterRetraining

USER = 10_001
GPU = "nvidia.com/gpu"
SCRATCH = "/tmp"  # noqa: S108  a volume of the pod's own
SCRATCH_GIB = 20
ACCOUNT = "retraining"
"""The service account of every step."""


def resources(step: Step) -> dict[str, dict[str, str]]:
    """Return requests and limits, which are the same: a training is not to be throttled or killed by neighbours."""
    size = {"cpu": f"{step.cpu_millicores}m", "memory": f"{step.memory_mib}Mi"}
    if step.gpus:
        size[GPU] = str(step.gpus)
    return {"requests": size, "limits": size}


def environment(spec: ClusterRetraining) -> list[dict[str, Any]]:
    """Return the variables of a step: where MLflow is, and who asks it."""
    plain = [
        {"name": "HOME", "value": SCRATCH},
        {"name": "MLFLOW_TRACKING_URI", "value": spec.registry.url},
    ]
    secret = spec.registry.credentials
    if secret is None:
        return plain
    names = {"MLFLOW_TRACKING_USERNAME": "username", "MLFLOW_TRACKING_PASSWORD": "password"}
    return [
        *plain,
        *({"name": name, "valueFrom": {"secretKeyRef": {"name": secret, "key": key}}} for name, key in names.items()),
    ]


def container(step: Step, spec: ClusterRetraining, args: list[str]) -> dict[str, Any]:
    """Return a step's container with its arguments written out."""
    return {
        "image": step.image,
        "command": list(step.command),
        "args": args,
        "env": environment(spec),
        "resources": resources(step),
        "securityContext": container_security(),
        "volumeMounts": [{"name": "scratch", "mountPath": SCRATCH}],
    }


def pod_security_context() -> dict[str, Any]:
    """Return the security context of a step's pod."""
    return {
        "runAsNonRoot": True,
        "runAsUser": USER,
        "runAsGroup": USER,
        "fsGroup": USER,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
