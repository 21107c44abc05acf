"""What a stack's objects meet that the stack itself does not declare, and who does: tables with their reasons."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChartService:
    """A Service that an operator's chart makes."""

    labels: dict[str, str]
    ports: tuple[str, ...]
    seen: str


CHART_SERVICES = (
    ChartService(
        {"app.kubernetes.io/name": "dcgm-exporter", "app.kubernetes.io/component": "dcgm-exporter"},
        ("metrics",),
        "NVIDIA/dcgm-exporter, deployment/templates/{_helpers.tpl,service.yaml}",
    ),
    ChartService(
        {"app.kubernetes.io/name": "kueue", "app.kubernetes.io/component": "metrics-service"},
        ("https",),
        "kubernetes-sigs/kueue v0.17.0, charts/kueue: kueue.metricsService.labels of _helpers.tpl, values.yaml",
    ),
)
"""What monitors may look for beside what is declared."""

NAMESPACES = {
    "kube-system": "Kubernetes' own",
    "argo": "the chart argo-workflows (components/cluster/charts.py); an existing cluster brings its operators",
    "cnpg-system": "the chart cloudnative-pg",
    "keda": "the chart keda",
    "knative-serving": "the Knative operator puts Knative Serving there",
    "istio-system": "Istio's own, where KServe is installed with it",
    "kserve": "the chart kserve-resources",
    "kuberay": "the chart kuberay-operator",
    "monitoring": "the chart kube-prometheus-stack",
    "kueue-system": "the chart kueue",
    "web": "examples/ray-vllm names the namespace of a caller that another team declares",
}
"""Namespaces that policies and monitors name and a stack need not declare."""

PODS = {
    ("kube-system", "k8s-app", "kube-dns"): "CoreDNS carries this label on every cluster, EKS among them",
    (
        "",
        "app.kubernetes.io/component",
        "trainer",
    ): "TrainJob's and RayJob's pods are made of runtimes when a training starts; their label is checked on those",
}
"""(namespace, label, value) of pods that a policy may name and no template has."""

SECRETS = {
    "alert-mail": "the mail server's password, the user's own secret (monitoring.routing.mail.password)",
    "mail": "the mail server's password, the user's own secret (monitoring.routing.mail.password)",
}
"""Secrets that a declaration names and somebody else makes."""
