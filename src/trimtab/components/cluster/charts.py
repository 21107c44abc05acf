"""The operators as Helm charts: one table of what is installed where, at which version.

A chart has a version of its own beside that of the application in it. The custom resources that components declare are
the application's, so each chart names both, and `trimtab.local.kubernetes.definitions` takes the resources of that
application version: a test holds the two tables together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.spec.cluster.operators import Operator

KUBE_SYSTEM = "kube-system"
KNATIVE_SERVING = "knative-serving"
"""Where the Knative operator puts what a KnativeServing of this namespace asks for, its gateway included."""


@dataclass(frozen=True)
class Chart:
    """A Helm chart at one version.

    Attributes:
        name: of the release.
        chart: the chart's name in its repository, or an `oci://` address.
        version: pinned; the newest one is what somebody else decides.
        app: version of what it installs, and so of its custom resources, without a leading `v`.
        namespace: where its objects live.
        seen: where it is written that this version is there, and what is in it.
        repository: absent for an `oci://` address.
    """

    name: str
    chart: str
    version: str
    app: str
    namespace: str
    seen: str
    repository: str | None = None


KSERVE_DEPENDENCIES = "kserve v0.17.0, kserve-deps.env"
"""What KServe's own installation pins for the release of it that is installed here."""

CERT_MANAGER = Chart(
    "cert-manager",
    "cert-manager",
    "v1.17.0",
    "1.17.0",
    "cert-manager",
    KSERVE_DEPENDENCIES,
    "https://charts.jetstack.io",
)
"""KServe's webhooks get their certificates from it."""


def _kserve(name: str) -> Chart:
    seen = f"kserve v0.17.0, charts/{name}/Chart.yaml and hack/setup/infra/manage.kserve-helm.sh"
    return Chart(name, f"oci://ghcr.io/kserve/charts/{name}", "v0.17.0", "0.17.0", "kserve", seen)


CHARTS: dict[Operator, tuple[Chart, ...]] = {
    "argo-workflows": (
        Chart(
            "argo-workflows",
            "argo-workflows",
            "1.0.13",
            "4.0.5",
            "argo",
            "argoproj/argo-helm, tag argo-workflows-1.0.13, charts/argo-workflows/Chart.yaml",
            "https://argoproj.github.io/argo-helm",
        ),
    ),
    "cloudnative-pg": (
        Chart(
            "cloudnative-pg",
            "cloudnative-pg",
            "0.27.0",
            "1.28.0",
            "cnpg-system",
            "cloudnative-pg/charts, release cloudnative-pg-v0.27.0 of 2025-12-09, the day of the operator's 1.28.0",
            "https://cloudnative-pg.github.io/charts",
        ),
    ),
    "dcgm-exporter": (
        Chart(
            "dcgm-exporter",
            "dcgm-exporter",
            "4.8.2",
            "4.8.2",
            "nvidia",
            "NVIDIA/dcgm-exporter, pull requests 656 (release 4.5.3-4.8.2) and 712 (upgraded from chart 4.8.2)",
            "https://nvidia.github.io/dcgm-exporter/helm-charts",
        ),
    ),
    "external-secrets": (
        Chart(
            "external-secrets",
            "external-secrets",
            "1.3.2",
            "1.3.2",
            "external-secrets",
            "external-secrets v1.3.2, deploy/charts; the chart follows the application's version",
            "https://charts.external-secrets.io",
        ),
    ),
    "karpenter": (
        Chart(
            "karpenter",
            "oci://public.ecr.aws/karpenter/karpenter",
            "1.15.1",
            "1.15.1",
            KUBE_SYSTEM,
            "aws/karpenter-provider-aws v1.15.1, charts/karpenter; each tag is released as a chart of its version",
        ),
    ),
    "keda": (
        Chart(
            "keda",
            "keda",
            "2.21.0",
            "2.21.0",
            "keda",
            "kedacore/charts, release v2.21.1 (its changes are those since v2.21.0)",
            "https://kedacore.github.io/charts",
        ),
    ),
    "knative": (
        Chart(
            "knative-operator",
            "knative-operator",
            "v1.21.1",
            "1.21.1",
            "knative-operator",
            KSERVE_DEPENDENCIES,
            "https://knative.github.io/operator",
        ),
    ),
    "kserve": (CERT_MANAGER, _kserve("kserve-crd"), _kserve("kserve-resources"), _kserve("kserve-runtime-configs")),
    "kubeflow-trainer": (
        Chart(
            "kubeflow-trainer",
            "oci://ghcr.io/kubeflow/charts/kubeflow-trainer",
            "2.1.0",
            "2.1.0",
            "kubeflow-system",
            "kubeflow/trainer v2.1.0, charts/kubeflow-trainer (Chart.yaml, README.md)",
        ),
    ),
    "kuberay": (
        Chart(
            "kuberay-operator",
            "kuberay-operator",
            "1.6.0",
            "1.6.0",
            "kuberay",
            "ray-project/kuberay v1.6.0; charts and operator are released together, at one version",
            "https://ray-project.github.io/kuberay-helm",
        ),
    ),
    "kueue": (
        Chart(
            "kueue",
            "oci://registry.k8s.io/kueue/charts/kueue",
            "0.17.0",
            "0.17.0",
            "kueue-system",
            "kubernetes-sigs/kueue v0.17.0, charts/kueue/Chart.yaml",
        ),
    ),
    "nvidia-device-plugin": (
        Chart(
            "nvidia-device-plugin",
            "nvidia-device-plugin",
            "0.17.1",
            "0.17.1",
            "nvidia",
            "NVIDIA/k8s-device-plugin, release v0.17.1",
            "https://nvidia.github.io/k8s-device-plugin",
        ),
    ),
    "nvidia-gpu-operator": (
        Chart(
            "gpu-operator",
            "gpu-operator",
            "v25.10.0",
            "25.10.0",
            "nvidia",
            "NVIDIA/gpu-operator, release v25.10.0",
            "https://helm.ngc.nvidia.com/nvidia",
        ),
    ),
    "prometheus-operator": (
        Chart(
            "kube-prometheus-stack",
            "kube-prometheus-stack",
            "77.0.0",
            "0.85.0",
            "monitoring",
            "prometheus-community/helm-charts, tag kube-prometheus-stack-77.0.0",
            "https://prometheus-community.github.io/helm-charts",
        ),
    ),
}
"""Operator → its charts, in the order in which they are installed."""

POD_SECURITY = {"nvidia": "privileged", "monitoring": "privileged"}
"""Namespace → the Pod Security level that its pods need: device plugins and node exporters look into their node."""
DEFAULT_POD_SECURITY = "baseline"
BESIDE = {"knative-operator": (KNATIVE_SERVING,)}
"""Release → namespaces of what its operator runs, beside its own."""
