"""The pods of a Ray cluster, as RayCluster, RayJob and RayService all describe them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trimtab.components.kube.pods import container_security, placement, pod_security, room, shared_memory, zone_spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trimtab.spec.cluster.serving_base import ZoneSpread
    from trimtab.spec.cluster.serving_ray_pods import OnRay, RayHead, RayWorkers

USER, GROUP = 1000, 100
"""The user `ray` of the project's images, and its group."""
SCRATCH, CACHE, SHM = "/tmp", "/cache", "/dev/shm"  # noqa: S108  volumes of the pod, not folders of this machine
HEAD_SCRATCH_GIB = 20
SERVE, DASHBOARD, GCS, CLIENT, METRICS = 8000, 8265, 6379, 10001, 8080
WORKER_GROUP = "trimtab.dev/worker-group"
"""Label of pods: the worker group that they belong to, `head` for the head."""
DRAIN_SECONDS = 120
_AUTOSCALER = {
    "requests": {"cpu": "200m", "memory": "512Mi"},
    "limits": {"cpu": "500m", "memory": "512Mi"},
}


@dataclass(frozen=True, kw_only=True)
class RayPlan:
    """What the pods of one Ray cluster have in common.

    Attributes:
        image: by digest.
        account: their service account.
        labels: of each pod; a group's own name is added.
        annotations: of each pod.
        environment: variables of each container.
        spread: of worker groups over zones.
        idle_seconds: how long a worker idles before Ray's autoscaler takes it away; None: there is no autoscaler.
    """

    image: str
    account: str
    labels: Mapping[str, str]
    annotations: Mapping[str, str] = field(default_factory=dict)
    environment: Sequence[Mapping[str, Any]] = ()
    spread: ZoneSpread = "none"
    idle_seconds: int | None = None


def ray_cluster(ray: OnRay, plan: RayPlan) -> dict[str, Any]:
    """Return a RayCluster's `spec`."""
    return {
        "rayVersion": ray.ray_version,
        "authOptions": {"mode": "token" if ray.token_auth else "disabled"},
        **_autoscaler(plan),
        "headGroupSpec": _head(ray.head, plan),
        "workerGroupSpecs": [_workers(group, plan) for group in ray.workers],
    }


def _autoscaler(plan: RayPlan) -> dict[str, Any]:
    if plan.idle_seconds is None:
        return {"enableInTreeAutoscaling": False}
    options = {
        "version": "v2",
        "idleTimeoutSeconds": plan.idle_seconds,
        "resources": _AUTOSCALER,
        "securityContext": container_security(),
    }
    return {"enableInTreeAutoscaling": True, "autoscalerOptions": options}


def _head(head: RayHead, plan: RayPlan) -> dict[str, Any]:
    ports = {"gcs-server": GCS, "dashboard": DASHBOARD, "client": CLIENT, "serve": SERVE, "metrics": METRICS}
    pod = _pod(plan, head.kubernetes_resources(), "ray-head", ports)
    return {
        # Without CPUs of its own, the head runs no tasks and no replicas: its memory is for the cluster's state.
        "rayStartParams": {"dashboard-host": "0.0.0.0", "num-cpus": "0"},  # noqa: S104  the network policy says who
        "template": {
            "metadata": _metadata(plan, "head"),
            "spec": {
                **pod,
                # Ray's autoscaler runs beside the head and asks the API server for workers.
                "automountServiceAccountToken": plan.idle_seconds is not None,
                "volumes": _volumes(gib=HEAD_SCRATCH_GIB, mib=head.shared_memory_mib),
                **placement(head),
            },
        },
    }


def _workers(group: RayWorkers, plan: RayPlan) -> dict[str, Any]:
    labels = {**plan.labels, WORKER_GROUP: group.name}
    pod = _pod(plan, group.kubernetes_resources(), "ray-worker", {"serve": SERVE, "metrics": METRICS})
    return {
        "groupName": group.name,
        # Ray's autoscaler writes the number itself.
        **({"replicas": group.min_replicas} if plan.idle_seconds is None else {}),
        "minReplicas": group.min_replicas,
        "maxReplicas": group.max_replicas,
        "rayStartParams": {},
        "template": {
            "metadata": _metadata(plan, group.name),
            "spec": {
                **pod,
                "automountServiceAccountToken": False,
                "volumes": _volumes(gib=group.cache_gib, mib=group.shared_memory_mib),
                **placement(group),
                **zone_spread(labels, plan.spread),
            },
        },
    }


def _metadata(plan: RayPlan, group: str) -> dict[str, Any]:
    return {"labels": {**plan.labels, WORKER_GROUP: group}, "annotations": dict(plan.annotations)}


def _pod(plan: RayPlan, resources: Mapping[str, Any], name: str, ports: Mapping[str, int]) -> dict[str, Any]:
    return {
        "serviceAccountName": plan.account,
        "terminationGracePeriodSeconds": DRAIN_SECONDS,
        "securityContext": pod_security(user=USER, group=GROUP),
        "containers": [
            {
                "name": name,
                "image": plan.image,
                "env": [*variables(), *plan.environment],
                "ports": [{"name": known, "containerPort": port, "protocol": "TCP"} for known, port in ports.items()],
                "resources": dict(resources),
                # KubeRay puts probes of its own here: what is healthy differs between Ray's versions.
                "securityContext": container_security(),
                "volumeMounts": [
                    {"name": "scratch", "mountPath": SCRATCH},
                    {"name": "cache", "mountPath": CACHE},
                    {"name": "shm", "mountPath": SHM},
                ],
            }
        ],
    }


def _volumes(*, gib: int, mib: int) -> list[dict[str, Any]]:
    return [room("scratch", gib=HEAD_SCRATCH_GIB), room("cache", gib=gib), shared_memory("shm", mib=mib)]


def variables() -> list[dict[str, str]]:
    """Return the variables that send whatever is written to the pod's volumes."""
    known = {
        "HOME": SCRATCH,
        "HF_HOME": f"{CACHE}/huggingface",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "VLLM_CACHE_ROOT": f"{CACHE}/vllm",
        "VLLM_NO_USAGE_STATS": "1",
        "RAY_USAGE_STATS_ENABLED": "0",
    }
    return [{"name": name, "value": value} for name, value in known.items()]
