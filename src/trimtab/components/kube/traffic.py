"""Network policies: who may reach pods, and where pods may reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMESPACE_LABEL = "kubernetes.io/metadata.name"
"""The label that Kubernetes itself puts on every namespace."""
POD_IDENTITY = "169.254.170.23/32"
"""The EKS Pod Identity agent (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html)."""
INSTANCE_METADATA = "169.254.169.254/32"
"""The node's own credentials: no pod may ask for them."""
HTTPS, HTTP, DNS = 443, 80, 53


def namespaces(*names: str) -> list[dict[str, Any]]:
    """Return the peers that are all pods of some namespaces."""
    return [{"namespaceSelector": {"matchLabels": {NAMESPACE_LABEL: name}}} for name in names]


def pods(labels: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the peer that is pods of the policy's own namespace; absent labels: all of them."""
    return {"podSelector": {"matchLabels": dict(labels)} if labels else {}}


def tcp(*ports: int) -> list[dict[str, Any]]:
    """Return TCP ports."""
    return [{"protocol": "TCP", "port": port} for port in ports]


def to_names() -> dict[str, Any]:
    """Return the egress rule that lets pods ask the cluster's DNS."""
    ports = [{"protocol": protocol, "port": DNS} for protocol in ("UDP", "TCP")]
    return {"to": namespaces("kube-system"), "ports": ports}


def to_web() -> dict[str, Any]:
    """Return the egress rule that lets pods reach TLS servers anywhere: AWS, the model hub, the API server."""
    return {"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": [INSTANCE_METADATA]}}], "ports": tcp(HTTPS)}


def to_pod_identity() -> dict[str, Any]:
    """Return the egress rule that lets pods ask for the credentials of their own role."""
    return {"to": [{"ipBlock": {"cidr": POD_IDENTITY}}], "ports": tcp(HTTP)}


def policy(
    labels: Mapping[str, str], *, ingress: Sequence[Mapping[str, Any]], egress: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return a NetworkPolicy's `spec`: pods with `labels` reach and are reached by what is listed, and nothing else."""
    return {
        "podSelector": {"matchLabels": dict(labels)},
        "policyTypes": ["Ingress", "Egress"],
        "ingress": list(ingress),
        "egress": list(egress),
    }
