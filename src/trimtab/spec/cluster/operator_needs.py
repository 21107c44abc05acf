"""Which operators a declaration's parts need, and a sentence for each that the cluster does not list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.spec.cluster.databases import CloudNativeDatabase
from trimtab.spec.cluster.gpu_pool import GpuPool
from trimtab.spec.cluster.gpu_sharing import Mig, TimeSlicing, Whole
from trimtab.spec.cluster.monitoring import ClusterMonitoring
from trimtab.spec.cluster.pipelines import ArgoEngine
from trimtab.spec.cluster.pipelines_airflow import OperatorDatabase
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.secret import StoredSecret
from trimtab.spec.cluster.serving import KServeServing, RayServing
from trimtab.spec.cluster.serving_scaling import PrometheusScaling
from trimtab.spec.cluster.training_jobs import RayTrainingCluster, RayTrainingJob
from trimtab.spec.cluster.training_runtimes import DeepSpeedRuntime, TorchRuntime
from trimtab.spec.cluster.walk import parts
from trimtab.spec.cluster.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.spec.base import SpecModel
    from trimtab.spec.cluster.cluster import ClusterParts
    from trimtab.spec.cluster.operators import Operator

NEEDS: dict[type[SpecModel], tuple[tuple[Operator, ...], ...]] = {
    GpuPool: (("karpenter",), ("kueue",)),
    Workers: (("karpenter",),),
    Whole: (("nvidia-device-plugin", "nvidia-gpu-operator"),),
    TimeSlicing: (("nvidia-device-plugin", "nvidia-gpu-operator"),),
    Mig: (("nvidia-gpu-operator",),),
    KServeServing: (("kserve",),),
    RayServing: (("kuberay",),),
    PrometheusScaling: (("keda",),),
    TorchRuntime: (("kubeflow-trainer",),),
    DeepSpeedRuntime: (("kubeflow-trainer",),),
    RayTrainingCluster: (("kuberay",),),
    RayTrainingJob: (("kuberay",),),
    StoredSecret: (("external-secrets",),),
    CloudNativeDatabase: (("cloudnative-pg",),),
    OperatorDatabase: (("cloudnative-pg",),),
    ArgoEngine: (("argo-workflows",),),
    ClusterMonitoring: (("prometheus-operator",),),
}
"""Model → what it needs; of several operators in one pair of parentheses, one is enough."""


def check_operators(cluster: ClusterParts) -> None:
    """Refuse a part whose operator `operators` does not list.

    Raises:
        PydanticCustomError: the first operator that is missing, named by `operators`.
    """
    for path, choices in needed(cluster):
        if not set(choices) & set(cluster.operators):
            named = " or ".join(choices)
            raise refuse(
                "operators",
                f"{path} needs {named}, which operators does not list",
                allowed=f"a list with {named} among them",
                remedy=f"add {choices[0]} to cluster.operators, or leave out {path}",
            )


def needed(cluster: ClusterParts) -> Iterator[tuple[str, tuple[Operator, ...]]]:
    """Return the path of each part that needs an operator, with those of which it needs one."""
    for part in parts(cluster):
        for choices in NEEDS.get(type(part.model), ()):
            yield part.path, choices
        if isinstance(part.model, KServeServing) and part.model.wakes_from_zero:
            yield f"{part.path}.mode serverless", ("knative",)
        if isinstance(part.model, ClusterMonitoring) and "dcgm" in part.model.exporters:
            # The GPU operator's own exporter has other names, and another list of counters.
            yield f"{part.path}.exporters dcgm", ("dcgm-exporter",)
        if part.text("queue") is not None:
            yield f"{part.path}.queue", ("kueue",)
