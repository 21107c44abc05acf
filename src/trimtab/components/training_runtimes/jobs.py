"""Jobs that are declared: a TrainJob of a runtime, a RayJob with its own cluster; and RayClusters to work on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trimtab.components.kube.pods import container_security, pod_security
from trimtab.components.kube.ray_pods import GROUP, USER, ray_cluster

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.components.kube.ray_pods import RayPlan
    from trimtab.spec.cluster.training_jobs import RayTrainingJob, TrainJob
    from trimtab.spec.cluster.training_runtimes import Runtime

TRAINER_GROUP = "trainer.kubeflow.org"
_SUBMITTER = {
    "requests": {"cpu": "100m", "memory": "256Mi"},
    "limits": {"cpu": "500m", "memory": "256Mi"},
}


def runtime_kind(runtime: Runtime) -> str:
    """Return the kind of a runtime, by whom it is for."""
    return "ClusterTrainingRuntime" if runtime.scope == "cluster" else "TrainingRuntime"


def train_job(job: TrainJob, runtime: Runtime) -> dict[str, Any]:
    """Return a TrainJob's `spec`."""
    trainer = {
        **({"numNodes": job.nodes} if job.nodes else {}),
        **({"command": list(job.command)} if job.command else {}),
        **({"args": list(job.args)} if job.args else {}),
    }
    return {
        "runtimeRef": {"apiGroup": TRAINER_GROUP, "kind": runtime_kind(runtime), "name": runtime.name},
        **({"trainer": trainer} if trainer else {}),
    }


def ray_job(job: RayTrainingJob, plan: RayPlan) -> dict[str, Any]:
    """Return a RayJob's `spec`: its cluster goes when it ends, as Kueue asks for."""
    environment = {"env_vars": dict(job.environment)}
    return {
        "entrypoint": job.entrypoint,
        "submissionMode": "K8sJobMode",
        "submitterPodTemplate": submitter(job, plan),
        "shutdownAfterJobFinishes": True,
        "ttlSecondsAfterFinished": job.kept_seconds_after_end,
        "activeDeadlineSeconds": job.deadline_seconds,
        "backoffLimit": job.retries,
        **({"runtimeEnvYAML": json.dumps(environment)} if job.environment else {}),
        "rayClusterSpec": ray_cluster(job, plan),
    }


def submitter(job: RayTrainingJob, plan: RayPlan) -> dict[str, Any]:
    """Return the pod that hands the entrypoint to the cluster and follows its log."""
    scratch: Mapping[str, Any] = {"name": "scratch", "emptyDir": {"sizeLimit": "1Gi"}}
    return {
        "metadata": {"labels": dict(plan.labels)},
        "spec": {
            "restartPolicy": "Never",
            "serviceAccountName": plan.account,
            "automountServiceAccountToken": False,
            "securityContext": pod_security(user=USER, group=GROUP),
            "containers": [
                {
                    "name": "ray-job-submitter",
                    "image": job.image,
                    "env": [{"name": "HOME", "value": "/tmp"}],  # noqa: S108  a volume of the pod
                    "resources": _SUBMITTER,
                    "securityContext": container_security(),
                    "volumeMounts": [{"name": "scratch", "mountPath": "/tmp"}],  # noqa: S108  a volume of the pod
                }
            ],
            "volumes": [scratch],
        },
    }
