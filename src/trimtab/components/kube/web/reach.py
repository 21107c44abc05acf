"""Who may reach a server, and what it may reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.kube.traffic import namespaces, pods, policy, tcp, to_names, to_pod_identity, to_web

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trimtab.spec.cluster.web_service import Ingress, WebService


def reach_spec(
    labels: Mapping[str, str],
    spec: WebService,
    *,
    port: int,
    egress: Sequence[Mapping[str, Any]],
    scraped: tuple[str, int] | None = None,
) -> dict[str, Any]:
    """Return the `spec` of a server's network policy: its own namespace, those named, its ingress controller.

    Args:
        labels: of its pods.
        spec: the declaration.
        port: where it listens.
        egress: rules beside DNS, TLS and Pod Identity.
        scraped: Prometheus' namespace, and the port that it reads; None: nobody scrapes it.
    """
    controllers = (spec.ingress.controller_namespace,) if spec.ingress else ()
    clients = [pods(), *namespaces(*dict.fromkeys((*spec.client_namespaces, *controllers)))]
    return policy(
        labels,
        ingress=[
            {"from": clients, "ports": tcp(port)},
            *([{"from": namespaces(scraped[0]), "ports": tcp(scraped[1])}] if scraped else []),
        ],
        egress=[to_names(), to_web(), to_pod_identity(), *egress],
    )


def ingress_spec(name: str, spec: Ingress) -> dict[str, Any]:
    """Return the `spec` of an Ingress that leads a host's every path to the Service `name`."""
    path = {
        "path": "/",
        "pathType": "Prefix",
        "backend": {"service": {"name": name, "port": {"name": "http"}}},
    }
    return {
        "ingressClassName": spec.class_name,
        "tls": [{"hosts": [spec.host], "secretName": spec.tls_secret}],
        "rules": [{"host": spec.host, "http": {"paths": [path]}}],
    }


PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
"""RFC 1918 and RFC 6598: the blocks that a VPC is made of."""


def to_private(port: int) -> dict[str, Any]:
    """Return the egress rule that lets pods reach one port of a private address: a database, a cache."""
    return {"to": [{"ipBlock": {"cidr": block}} for block in PRIVATE], "ports": tcp(port)}
