"""The operators as Helm charts: one table of what is installed where, at which version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.spec.cluster.operators import Operator

KUBE_SYSTEM = "kube-system"


@dataclass(frozen=True)
class Chart:
    """A Helm chart at one version.

    Attributes:
        name: of the release.
        chart: the chart's name in its repository, or an `oci://` address.
        version: pinned; the newest one is what somebody else decides.
        namespace: where its objects live.
        repository: absent for an `oci://` address.
    """

    name: str
    chart: str
    version: str
    namespace: str
    repository: str | None = None


CERT_MANAGER = Chart("cert-manager", "cert-manager", "v1.17.0", "cert-manager", "https://charts.jetstack.io")
"""KServe's webhooks get their certificates from it."""

CHARTS: dict[Operator, tuple[Chart, ...]] = {
    "argo-workflows": (
        Chart("argo-workflows", "argo-workflows", "0.45.19", "argo", "https://argoproj.github.io/argo-helm"),
    ),
    "cloudnative-pg": (
        Chart("cloudnative-pg", "cloudnative-pg", "0.26.0", "cnpg-system", "https://cloudnative-pg.github.io/charts"),
    ),
    "dcgm-exporter": (
        Chart(
            "dcgm-exporter",
            "dcgm-exporter",
            "4.8.2",
            "nvidia",
            "https://nvidia.github.io/dcgm-exporter/helm-charts",
        ),
    ),
    "external-secrets": (
        Chart(
            "external-secrets", "external-secrets", "1.3.2", "external-secrets", "https://charts.external-secrets.io"
        ),
    ),
    "karpenter": (Chart("karpenter", "oci://public.ecr.aws/karpenter/karpenter", "1.15.1", KUBE_SYSTEM),),
    "keda": (Chart("keda", "keda", "2.21.0", "keda", "https://kedacore.github.io/charts"),),
    "kserve": (
        CERT_MANAGER,
        Chart("kserve-crd", "oci://ghcr.io/kserve/charts/kserve-crd", "v0.17.0", "kserve"),
        Chart("kserve", "oci://ghcr.io/kserve/charts/kserve", "v0.17.0", "kserve"),
    ),
    "kubeflow-trainer": (
        Chart("kubeflow-trainer", "oci://ghcr.io/kubeflow/charts/kubeflow-trainer", "2.1.0", "kubeflow-system"),
    ),
    "kuberay": (
        Chart("kuberay-operator", "kuberay-operator", "1.6.0", "kuberay", "https://ray-project.github.io/kuberay-helm"),
    ),
    "kueue": (Chart("kueue", "oci://registry.k8s.io/kueue/charts/kueue", "0.17.0", "kueue-system"),),
    "nvidia-device-plugin": (
        Chart(
            "nvidia-device-plugin",
            "nvidia-device-plugin",
            "0.17.1",
            "nvidia",
            "https://nvidia.github.io/k8s-device-plugin",
        ),
    ),
    "nvidia-gpu-operator": (
        Chart("gpu-operator", "gpu-operator", "v25.10.0", "nvidia", "https://helm.ngc.nvidia.com/nvidia"),
    ),
    "prometheus-operator": (
        Chart(
            "kube-prometheus-stack",
            "kube-prometheus-stack",
            "77.0.0",
            "monitoring",
            "https://prometheus-community.github.io/helm-charts",
        ),
    ),
}
"""Operator → its charts, in the order in which they are installed. The custom resources that components declare are
those of these versions; the embedded cluster has them of the same minor versions."""

POD_SECURITY = {"nvidia": "privileged", "monitoring": "privileged"}
"""Namespace → the Pod Security level that its pods need: device plugins and node exporters look into their node."""
DEFAULT_POD_SECURITY = "baseline"
