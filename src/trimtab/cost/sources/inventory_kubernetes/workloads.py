"""Deployments, StatefulSets and DaemonSets: one resource a container, by what it requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.cost.model import Owner, Requests, Resource
from trimtab.cost.sources.inventory_kubernetes.listing import listed, quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kubernetes.client import AppsV1Api

    from trimtab.cost.sources.inventory_kubernetes.nodes import Places

_MIB = 2**20
TEAM_LABELS = ("team", "owner", "app.kubernetes.io/part-of")
"""Labels that name who answers for a workload, in this order; where none is set, its namespace does."""


def workloads(apps: AppsV1Api, where: Places) -> Iterator[Resource]:
    """Yield the containers of every workload that runs a pod."""
    for kind, call in (
        ("Deployment", apps.list_deployment_for_all_namespaces),
        ("StatefulSet", apps.list_stateful_set_for_all_namespaces),
        ("DaemonSet", apps.list_daemon_set_for_all_namespaces),
    ):
        for one in listed(call):
            pods = one.status.desired_number_scheduled if kind == "DaemonSet" else one.spec.replicas
            if pods:
                yield from _containers(kind, one, int(pods), where)


def _containers(kind: str, one: Any, pods: int, where: Places) -> Iterator[Resource]:
    name, namespace = one.metadata.name, one.metadata.namespace
    instance_type, region = where.of((namespace, kind, name))
    containers = one.spec.template.spec.containers
    for container in containers:
        own = f"{namespace}/{kind}/{name}"
        yield Resource(
            resource_id=own if len(containers) == 1 else f"{own}/{container.name}",
            kind="kubernetes-workload",
            instance_type=instance_type,
            region=region,
            count=pods,
            requests=_requests(container),
            owner=_owner(one.metadata.labels or {}, namespace),
            component=name,
            dimensions={
                "namespace": namespace, "workload_kind": kind, "workload": name, "container": container.name,
            },
        )  # fmt: skip


def _requests(container: Any) -> Requests:
    """Return what the container asks its node for; a limit alone is a request too, as the API server defaults it."""
    told = container.resources
    asked: Mapping[str, str] = {**(told.limits or {}), **(told.requests or {})} if told else {}
    known = {name: quantity(value) for name, value in asked.items()}
    return Requests(
        cpu_millicores=known["cpu"] * 1000 if "cpu" in known else None,
        memory_mib=known["memory"] / _MIB if "memory" in known else None,
        gpus=known.get("nvidia.com/gpu"),
    )


def _owner(labels: Mapping[str, str], namespace: str) -> Owner:
    team = next((labels[name] for name in TEAM_LABELS if labels.get(name)), namespace)
    return Owner(
        team=team,
        cost_center=labels.get("cost-center", ""),
        environment=labels.get("environment", ""),
        model=labels.get("model", ""),
    )
