"""Who may reach the operators: the API server at their webhooks, Prometheus, and they themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_kubernetes as kubernetes

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pulumi

    from trimtab.components.kube import ClusterComponent

NAMESPACE_LABEL = "kubernetes.io/metadata.name"
WEBHOOKS = (6443, 8443, 9443, 10250)
"""Ports of the charts' webhooks and of KEDA's metrics API. The API server is no pod: it has no label to be named by."""
PROMETHEUS = ("monitoring", 9090)
"""Scalers of every namespace ask it."""


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
    scrapers = {"namespaceSelector": {"matchLabels": {NAMESPACE_LABEL: PROMETHEUS[0]}}}
    yield "allow-peers-and-scrapers", [{"from": [{"podSelector": {}}, scrapers]}]
    ports = (*WEBHOOKS, PROMETHEUS[1]) if namespace == PROMETHEUS[0] else WEBHOOKS
    yield "allow-webhooks", [{"ports": [{"port": port, "protocol": "TCP"} for port in ports]}]
