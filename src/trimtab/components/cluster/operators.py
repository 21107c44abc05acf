"""The operators on a cluster of the platform's own: their namespaces, their releases, the GPU profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_kubernetes as kubernetes

from trimtab.components.cluster.chart_values import chart_values
from trimtab.components.cluster.charts import (
    BESIDE,
    CHARTS,
    DEFAULT_POD_SECURITY,
    KNATIVE_SERVING,
    KUBE_SYSTEM,
    POD_SECURITY,
)
from trimtab.components.cluster.knative import knative_serving
from trimtab.components.cluster.operator_network import close
from trimtab.components.gpu_pool.profiles import sharing_profiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from trimtab.components.cluster.chart_values import Wiring
    from trimtab.components.cluster.charts import Chart
    from trimtab.components.kube import ClusterComponent
    from trimtab.spec.cluster.operators import Operator

NVIDIA = "nvidia"
LEVEL = "pod-security.kubernetes.io/enforce"
PATIENCE_SECONDS = 900
"""A release's pods wait for nodes, and nodes for their images."""


NEEDS = {
    # KServe's controller looks for Knative's resources once, at its start.
    "kserve-resources": ("cert-manager", "kserve-crd", KNATIVE_SERVING),
    "kserve-runtime-configs": ("kserve-resources",),
    "karpenter": ("kube-prometheus-stack",),
    "kueue": ("kube-prometheus-stack",),
    "dcgm-exporter": ("kube-prometheus-stack",),
}
"""Release → those that bring custom resources or webhooks which it uses, where they are installed; among them Knative
Serving, which is no release but what one of them makes of an object."""


def charts_of(operators: Sequence[Operator]) -> tuple[Chart, ...]:
    """Return the charts of operators, each once, in the order in which they are installed."""
    first = sorted(operators, key=lambda operator: (operator != "prometheus-operator", operator))
    return tuple(dict.fromkeys(chart for operator in first for chart in CHARTS[operator]))


def namespaces_of(charts: Sequence[Chart]) -> tuple[str, ...]:
    """Return the namespaces that charts need and that no cluster has of itself."""
    own = {chart.namespace for chart in charts}
    return tuple(sorted({*own, *(name for chart in charts for name in BESIDE.get(chart.name, ()))} - {KUBE_SYSTEM}))


def operator_namespaces(
    component: ClusterComponent, charts: Sequence[Chart], opts: pulumi.ResourceOptions
) -> dict[str, kubernetes.core.v1.Namespace]:
    """Declare the namespaces of the operators, and in NVIDIA's the profiles of shared GPUs."""
    made = {
        name: kubernetes.core.v1.Namespace(
            f"{component.name}-namespace-{name}",
            metadata=component.metadata(
                name, cluster_wide=True, labels={LEVEL: POD_SECURITY.get(name, DEFAULT_POD_SECURITY)}
            ),
            opts=opts,
        )
        for name in namespaces_of(charts)
    }
    for name, namespace in made.items():
        close(component, name, namespace, opts)
    if NVIDIA in made:
        sharing_profiles(component, made[NVIDIA].metadata.name, opts)
    return made


def releases(
    component: ClusterComponent,
    charts: Sequence[Chart],
    wiring: Wiring,
    *,
    provider: pulumi.ProviderResource,
    after: Sequence[pulumi.Resource],
) -> None:
    """Install the charts; those of one operator one after the other, as each needs what the one before it brought."""
    done: dict[str, pulumi.Resource] = {}
    for chart in charts:
        before = [done[name] for name in NEEDS.get(chart.name, ()) if name in done]
        done[chart.name] = kubernetes.helm.v3.Release(
            f"{component.name}-{chart.name}",
            name=chart.name,
            chart=chart.chart,
            version=chart.version,
            namespace=chart.namespace,
            repository_opts={"repo": chart.repository} if chart.repository else None,
            values=chart_values(chart.name, wiring),
            atomic=True,
            cleanup_on_fail=True,
            timeout=PATIENCE_SECONDS,
            max_history=5,
            opts=component.child(provider=provider, depends_on=[*after, *before]),
        )
        if KNATIVE_SERVING in BESIDE.get(chart.name, ()):
            served = component.child(provider=provider, depends_on=[done[chart.name]])
            done[KNATIVE_SERVING] = knative_serving(component, served)
