"""Who may reach the operators: the API server at their webhooks, Prometheus, and they themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_kubernetes as kubernetes

from trimtab.components.cluster.charts import KNATIVE_SERVING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pulumi

    from trimtab.components.kube import ClusterComponent

NAMESPACE_LABEL = "kubernetes.io/metadata.name"
WEBHOOKS = (6443, 8443, 9443, 10250)
"""Ports of the charts' webhooks and of KEDA's metrics API. The API server is no pod: it has no label to be named by."""
PROMETHEUS = "monitoring"
OPEN = {PROMETHEUS: (9090,), KNATIVE_SERVING: (8081,)}
"""Namespace → ports that pods of every namespace reach: scalers ask Prometheus, callers ask Knative's inner gateway."""


def close(
    component: ClusterComponent, namespace: str, made: kubernetes.core.v1.Namespace, opts: pulumi.ResourceOptions
) -> None:
    """Close an operator's namespace but for what it is there for."""
    for name, ingress in policies(namespace):
        kubernetes.networking.v1.NetworkPolicy(
            f"{component.name}-{namespace}-{name}",
            metadata=component.metadata(name, namespace=made.metadata.name),
            spec={"podSelector": {}, "policyTypes": ["Ingress"], **({"ingress": ingress} if ingress else {})},
            opts=opts,
        )


def policies(namespace: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Return each policy's name and its ingress rules; none: nobody is let in."""
    yield "default-deny", []
    scrapers = {"namespaceSelector": {"matchLabels": {NAMESPACE_LABEL: PROMETHEUS}}}
    yield "allow-peers-and-scrapers", [{"from": [{"podSelector": {}}, scrapers]}]
    ports = (*WEBHOOKS, *OPEN.get(namespace, ()))
    yield "allow-webhooks", [{"ports": [{"port": port, "protocol": "TCP"} for port in ports]}]
