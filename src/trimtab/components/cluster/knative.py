"""Knative Serving: what KServe's serverless mode scales to zero on.

KServe's other mode makes plain Deployments. Nobody holds a request there until a pod is up, not even with KEDA, which
would need a metric of requests that reach no pod; so scale to zero is Knative's alone, at the version that KServe's
release pins (kserve-deps.env), installed as KServe's own scripts install it: the operator's chart and one
KnativeServing, with Kourier as the gateway, which needs no service mesh.

Fields: `config/crd/bases` of knative.dev/operator; keys of the configuration: `config/core/configmaps` of
knative.dev/serving.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.cluster.charts import CHARTS, KNATIVE_SERVING

if TYPE_CHECKING:
    import pulumi
    import pulumi_kubernetes as kubernetes

    from trimtab.components.kube import ClusterComponent

VERSION = "operator.knative.dev/v1beta1"
INGRESS_CLASS = "kourier.ingress.networking.knative.dev"
FEATURES = ("nodeselector", "securitycontext", "tolerations", "topologyspreadconstraints")
"""Fields of a pod that a served model sets, and that Knative drops unless it is told to keep them."""


def knative_serving(
    component: ClusterComponent, opts: pulumi.ResourceOptions
) -> kubernetes.apiextensions.CustomResource:
    """Declare the KnativeServing, in a namespace that is there already."""
    ready = {"pulumi.com/waitFor": "condition=Ready"}
    return component.custom(
        f"{component.name}-{KNATIVE_SERVING}",
        VERSION,
        "KnativeServing",
        component.metadata(KNATIVE_SERVING, namespace=KNATIVE_SERVING, annotations=ready),
        {"spec": serving_spec()},
        opts=opts,
    )


def serving_spec() -> dict[str, Any]:
    """Return the KnativeServing's `spec`: inside the cluster only, two of each part, metrics for Prometheus.

    Without a domain of its own every route is `<name>.<namespace>.svc.cluster.local`, which the gateway answers on its
    inner port alone.
    """
    (operator,) = CHARTS["knative"]
    return {
        "version": operator.app,
        "high-availability": {"replicas": 2},
        "ingress": {"kourier": {"enabled": True, "service-type": "ClusterIP"}},
        "config": {
            "network": {"ingress-class": INGRESS_CLASS},
            "features": {f"kubernetes.podspec-{field}": "enabled" for field in FEATURES},
            # A tenant's quota counts limits: a pod whose proxy has none would be refused.
            "deployment": {
                "queue-sidecar-cpu-request": "25m",
                "queue-sidecar-cpu-limit": "1000m",
                "queue-sidecar-memory-request": "64Mi",
                "queue-sidecar-memory-limit": "256Mi",
            },
            "observability": {"metrics-protocol": "prometheus", "request-metrics-protocol": "prometheus"},
        },
    }
