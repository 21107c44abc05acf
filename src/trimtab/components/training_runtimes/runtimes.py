"""Kubeflow Trainer's runtimes: the JobSet that a TrainJob of this kind becomes.

The Trainer finds its way by names: the replicated job `node` with the container `node` is what trains, `launcher` is
what starts MPI, and the label `trainjob-ancestor-step: trainer` marks the job that a TrainJob's `trainer` overrides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.components.kube.pods import container_security, placement, pod_security, room, shared_memory
from trimtab.spec.cluster.training_runtimes import DeepSpeedRuntime
from trimtab.spec.efa import efa_interfaces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trimtab.spec.cluster.training_runtimes import Runtime

USER = 1000
NODE, LAUNCHER = "node", "launcher"
STEP = {"trainer.kubeflow.org/trainjob-ancestor-step": "trainer"}
SCRATCH, SHM = "/tmp", "/dev/shm"  # noqa: S108  volumes of the pod, not folders of this machine
SSH_PORT = 2222
SSH_KEYS = "/home/mpiuser/.ssh"
SSHD = ["/usr/sbin/sshd", "-De", "-f", "/home/mpiuser/.sshd_config", "-o", f"PidFile={SCRATCH}/sshd.pid"]
"""The SSH server in the foreground; its default file of the process id lies on the root that cannot be written."""
EFA = "vpc.amazonaws.com/efa"


@dataclass(frozen=True, kw_only=True)
class JobPlan:
    """What the pods of all runtimes have in common.

    Attributes:
        labels: of each pod.
        environment: variables of each container.
        account: their service account; None for a runtime of the whole cluster, whose jobs run in any namespace.
    """

    labels: Mapping[str, str]
    environment: Sequence[Mapping[str, Any]]
    account: str | None


def training_runtime(runtime: Runtime, plan: JobPlan) -> dict[str, Any]:
    """Return the `spec` of a TrainingRuntime or ClusterTrainingRuntime."""
    deepspeed = isinstance(runtime, DeepSpeedRuntime)
    policy, job = (_mpi(runtime), _launched(runtime, plan)) if deepspeed else (_torch(runtime), _nodes(runtime, plan))
    return {
        "mlPolicy": {"numNodes": runtime.nodes, **policy},
        "template": {"spec": {"failurePolicy": {"maxRestarts": runtime.max_restarts}, **job}},
    }


def _torch(runtime: Runtime) -> dict[str, Any]:
    return {"torch": {"numProcPerNode": runtime.processes_per_node}}


def _mpi(runtime: Runtime) -> dict[str, Any]:
    policy = {
        "numProcPerNode": runtime.processes_per_node,
        "mpiImplementation": "OpenMPI",
        "sshAuthMountPath": SSH_KEYS,
        "runLauncherAsNode": True,
    }
    return {"mpi": policy}


def _nodes(runtime: Runtime, plan: JobPlan) -> dict[str, Any]:
    return {"replicatedJobs": [_job(NODE, STEP, _pod(runtime, plan, {}))]}


def _launched(runtime: Runtime, plan: JobPlan) -> dict[str, Any]:
    server = {
        "command": SSHD[:1],
        "args": SSHD[1:],
        "readinessProbe": {"tcpSocket": {"port": SSH_PORT}, "initialDelaySeconds": 5},
    }
    return {
        # The launcher resolves the other nodes before they are ready, and they before it is.
        "network": {"publishNotReadyAddresses": True},
        "successPolicy": {"operator": "All", "targetReplicatedJobs": [LAUNCHER]},
        "replicatedJobs": [
            _job(LAUNCHER, STEP, _pod(runtime, plan, {})),
            _job(NODE, {}, _pod(runtime, plan, server)),
        ],
    }


def _job(name: str, labels: Mapping[str, str], pod: Mapping[str, Any]) -> dict[str, Any]:
    metadata = {"metadata": {"labels": dict(labels)}} if labels else {}
    return {"name": name, "replicas": 1, "template": {**metadata, "spec": {"template": dict(pod)}}}


def _pod(runtime: Runtime, plan: JobPlan, server: Mapping[str, Any]) -> dict[str, Any]:
    account = {"serviceAccountName": plan.account} if plan.account else {}
    return {
        "metadata": {"labels": dict(plan.labels)},
        "spec": {
            **account,
            "automountServiceAccountToken": False,
            "securityContext": pod_security(user=USER, group=USER),
            "containers": [_container(runtime, plan, server)],
            "volumes": [
                room("scratch", gib=runtime.scratch_gib),
                shared_memory("shm", mib=runtime.shared_memory_mib),
            ],
            **placement(runtime),
        },
    }


def _container(runtime: Runtime, plan: JobPlan, server: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": NODE,
        "image": runtime.image,
        "env": [{"name": "HOME", "value": SCRATCH}, *plan.environment],
        "resources": resources(runtime),
        "securityContext": container_security(),
        "volumeMounts": [{"name": "scratch", "mountPath": SCRATCH}, {"name": "shm", "mountPath": SHM}],
        **server,
    }


def resources(runtime: Runtime) -> dict[str, Any]:
    """Return a node's requests and limits, with the fabric interfaces that it asks for."""
    asked = runtime.kubernetes_resources()
    if not runtime.efa or runtime.instance_type is None:
        return asked
    fabric = {EFA: str(efa_interfaces(runtime.instance_type))}
    return {half: {**asked[half], **fabric} for half in ("requests", "limits")}
