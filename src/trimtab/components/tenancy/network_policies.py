"""Who the pods of a namespace may talk to: nobody, but for what is listed here and in the declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trimtab.spec.cluster.tenancy import AllowedEgress, AllowedIngress, Tenant

NAMESPACE_LABEL = "kubernetes.io/metadata.name"
DNS_PORT = 53
POD_IDENTITY_AGENT, POD_IDENTITY_PORT = "169.254.170.23/32", 80
"""https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-config-ipv6.html: the agent's link-local address."""
EVERY_POD: dict[str, Any] = {}


def network_policies(tenant: Tenant) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return each NetworkPolicy's name and spec."""
    yield "default-deny", {"podSelector": EVERY_POD, "policyTypes": ["Ingress", "Egress"]}
    yield "allow-same-namespace", _same_namespace()
    yield "allow-dns", _egress([{"to": [_dns()], "ports": _ports((DNS_PORT,), "UDP", "TCP")}])
    yield "allow-pod-identity", _egress([_block(POD_IDENTITY_AGENT, (POD_IDENTITY_PORT,))])
    for block in tenant.egress:
        yield f"allow-to-{block.name}", _declared_egress(block)
    for caller in tenant.ingress:
        yield f"allow-from-{caller.namespace}", _declared_ingress(caller)


def _same_namespace() -> dict[str, Any]:
    peer = {"podSelector": EVERY_POD}
    return {
        "podSelector": EVERY_POD,
        "policyTypes": ["Ingress", "Egress"],
        "ingress": [{"from": [peer]}],
        "egress": [{"to": [peer]}],
    }


def _egress(rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {"podSelector": EVERY_POD, "policyTypes": ["Egress"], "egress": rules}


def _dns() -> dict[str, Any]:
    return {
        "namespaceSelector": {"matchLabels": {NAMESPACE_LABEL: "kube-system"}},
        "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}},
    }


def _declared_egress(item: AllowedEgress) -> dict[str, Any]:
    return _egress([_block(str(item.cidr), item.ports)])


def _block(cidr: str, ports: Sequence[int]) -> dict[str, Any]:
    return {"to": [{"ipBlock": {"cidr": cidr}}], "ports": _ports(ports, "TCP")}


def _declared_ingress(item: AllowedIngress) -> dict[str, Any]:
    peer = {"namespaceSelector": {"matchLabels": {NAMESPACE_LABEL: item.namespace}}}
    return {
        "podSelector": EVERY_POD,
        "policyTypes": ["Ingress"],
        "ingress": [{"from": [peer], "ports": _ports(item.ports, "TCP")}],
    }


def _ports(numbers: Sequence[int], *protocols: str) -> list[dict[str, Any]]:
    return [{"port": number, "protocol": protocol} for number in numbers for protocol in protocols]
