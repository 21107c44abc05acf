"""A server: its deployment, its address, its account, and what keeps it up while nodes come and go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pulumi_kubernetes as kubernetes

from trimtab.components.kube.pods import pod_security, zone_spread
from trimtab.components.kube.web.reach import ingress_spec, reach_spec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from trimtab.components.kube import ClusterComponent
    from trimtab.components.kube.web.containers import Container
    from trimtab.spec.cluster.web_service import WebService

HTTP = 80
MOST_UNAVAILABLE = 1
GRACE_SECONDS = 30


@dataclass(frozen=True, kw_only=True)
class Server:
    """An HTTP server.

    Attributes:
        name: the name of its objects, and of its service account.
        spec: its declaration.
        containers: those that run; the one that clients speak to is first.
        prepare: those that run to their end before, in order.
        volumes: of the pod.
        annotations: of the pod; a changed one starts pods anew.
        egress: rules of the network policy beside DNS, TLS and Pod Identity.
        user: user and group that the pod runs as.
        recreate: whether the old pod ends before the new one starts.
        monitoring_namespace: whose pods may read the metrics of those containers that have some.
    """

    name: str
    spec: WebService
    containers: Sequence[Container]
    prepare: Sequence[Container] = ()
    volumes: Sequence[Mapping[str, Any]] = ()
    annotations: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    egress: Sequence[Mapping[str, Any]] = ()
    user: tuple[int, int] = (10001, 10001)
    recreate: bool = False
    monitoring_namespace: str = "monitoring"

    @property
    def metrics(self) -> int | None:
        """The port of its metrics; None: it has none."""
        return next((item.metrics for item in self.containers if item.metrics), None)


def server_labels(name: str) -> dict[str, str]:
    """Return the labels that select the pods of the server `name`."""
    return {"app.kubernetes.io/name": name}


def web_server(
    component: ClusterComponent, server: Server, *, depends_on: Sequence[pulumi.Resource] = ()
) -> kubernetes.apps.v1.Deployment:
    """Return the deployment of a server, with its Service, its account, its policy and, where declared, its ingress."""
    name, spec, label = server.name, server.spec, f"{component.name}-{server.name}"
    labels = server_labels(name)
    account = kubernetes.core.v1.ServiceAccount(
        label,
        metadata=component.metadata(name),
        automount_service_account_token=False,
        opts=component.child(),
    )
    port = server.containers[0].port
    deployment = kubernetes.apps.v1.Deployment(
        label,
        metadata=component.metadata(name, labels=labels),
        spec=_deployment_spec(component, server, labels),
        opts=component.child(depends_on=[account, *depends_on]),
    )
    kubernetes.core.v1.Service(
        label, metadata=component.metadata(name, labels=labels), spec=_service_spec(server), opts=component.child()
    )
    scraped = (server.monitoring_namespace, server.metrics) if server.metrics else None
    kubernetes.networking.v1.NetworkPolicy(
        label,
        metadata=component.metadata(name),
        spec=reach_spec(labels, spec, port=port or HTTP, egress=server.egress, scraped=scraped),
        opts=component.child(),
    )
    if spec.replicas > 1:
        budget: dict[str, Any] = {"maxUnavailable": MOST_UNAVAILABLE, "selector": {"matchLabels": labels}}
        kubernetes.policy.v1.PodDisruptionBudget(
            label, metadata=component.metadata(name), spec=budget, opts=component.child()
        )
    if spec.ingress:
        kubernetes.networking.v1.Ingress(
            label, metadata=component.metadata(name), spec=ingress_spec(name, spec.ingress), opts=component.child()
        )
    return deployment


def _service_spec(server: Server) -> Any:
    ports = {"http": HTTP, "metrics": server.metrics}
    return {
        "type": "ClusterIP",
        "selector": server_labels(server.name),
        "ports": [
            {"name": name, "port": port, "targetPort": name, "protocol": "TCP"} for name, port in ports.items() if port
        ],
    }


def _deployment_spec(component: ClusterComponent, server: Server, labels: Mapping[str, str]) -> dict[str, Any]:
    rolling = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}
    metadata = component.metadata(server.name, labels=labels, annotations=server.annotations)
    return {
        "replicas": server.spec.replicas,
        "revisionHistoryLimit": 5,
        "selector": {"matchLabels": dict(labels)},
        "strategy": {"type": "Recreate"} if server.recreate else rolling,
        "template": {
            "metadata": {"labels": metadata["labels"], "annotations": metadata["annotations"]},
            "spec": pod_spec(server, labels),
        },
    }


def pod_spec(server: Server, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return the pod of a server."""
    user, group = server.user
    return {
        "serviceAccountName": server.name,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": GRACE_SECONDS,
        "securityContext": pod_security(user=user, group=group),
        **zone_spread(labels, "preferred"),
        **({"initContainers": [item.manifest() for item in server.prepare]} if server.prepare else {}),
        "containers": [item.manifest() for item in server.containers],
        "volumes": [dict(volume) for volume in server.volumes],
    }
