"""What of a served model the analyser may size: its replicas, and what each requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.components.model_server import kserve, vllm
from trimtab.spec.cluster.serving import KServeServing, RayServing
from trimtab.spec.cluster.serving_sizing import replica_sizing, workload_sizing
from trimtab.spec.platform import PRODUCTION_FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.components.model_server.names import Spec
    from trimtab.spec.cluster.pods import Replicas
    from trimtab.spec.cluster.serving import VllmServing
    from trimtab.spec.sizing import SizingTemplate


@dataclass(frozen=True)
class Sizable:
    """A sizing template with what the cluster calls the thing.

    Attributes:
        template: what may be set.
        kind: the Kubernetes kind of the object, for its id.
        name: the object's name.
        workload_kind: the kind whose pods are measured; a Deployment's pods have two random parts in their names.
        workload: the beginning of the pods' names.
        container: the container that is measured.
        group: the worker group of a Ray cluster; empty: it has none.
    """

    template: SizingTemplate
    kind: str
    name: str
    workload_kind: str
    workload: str
    container: str
    group: str = ""

    def dimensions(self) -> dict[str, str]:
        """Return the Prometheus labels that say which pods are meant, without the namespace."""
        known = {"workload_kind": self.workload_kind, "workload": self.workload, "container": self.container}
        return {**known, "worker_group": self.group} if self.group else known


def sizables(spec: Spec, at: str | None, *, production: bool) -> Iterator[Sizable]:
    """Return what can be sized, in the order of the declaration.

    Args:
        spec: the declaration.
        at: its path in the stack's configuration; None: declared by a program.
        production: whether one zone may fail without anybody noticing.
    """
    if isinstance(spec, RayServing):
        yield from _ray(spec, at, production)
        return
    kind, workload_kind, workload, container = (
        ("InferenceService", "" if spec.mode == "serverless" else "Deployment", f"{spec.name}-predictor",
         kserve.CONTAINER)
        if isinstance(spec, KServeServing)
        else ("ScaledDeployment", "Deployment", spec.name, vllm.CONTAINER)
    )  # fmt: skip
    if spec.scaling or spec.wakes_from_zero:
        template = _replicas(spec, spec, at, production=production, wakes=spec.wakes_from_zero)
        yield Sizable(template, kind, spec.name, workload_kind, workload, container)
    yield Sizable(_requests(spec, at), "Deployment", workload, workload_kind, workload, container)


def _requests(spec: KServeServing | VllmServing, at: str | None) -> SizingTemplate:
    return workload_sizing(
        spec, at, count=spec.max_replicas, service_class=spec.service_class, gpu_memory_gib=spec.gpu_memory_gib
    )


def _ray(spec: RayServing, at: str | None, production: bool) -> Iterator[Sizable]:
    for number, group in enumerate(spec.workers):
        path = f"{at}.workers[{number}]" if at else None
        name = f"{spec.name}-{group.name}"
        replicas = _replicas(spec, group, path, production=production, wakes=True)
        yield Sizable(replicas, "RayService", name, "RayService", spec.name, "ray-worker", group.name)
        requests = workload_sizing(
            group,
            path,
            count=group.max_replicas,
            service_class=spec.service_class,
            gpu_memory_gib=spec.gpu_memory_gib if group.gpu else None,
        )
        yield Sizable(requests, "RayWorkerGroup", name, "RayService", spec.name, "ray-worker", group.name)


def _replicas(spec: Spec, pods: Replicas, at: str | None, *, production: bool, wakes: bool) -> SizingTemplate:
    """Two in production and for what is critical, since one zone may fail; none where something wakes it."""
    two = production or spec.service_class == "critical"
    usual = 0 if wakes and pods.min_replicas == 0 else 1
    floor = PRODUCTION_FLOOR if two else usual
    return replica_sizing(pods, at, floor=floor, service_class=spec.service_class, least=0 if wakes else 1)
