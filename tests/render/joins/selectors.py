"""Labels and ports: what selects pods and Services, and whether there is anything to select."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.render.joins.elsewhere import CHART_SERVICES, NAMESPACES, PODS
from tests.render.joins.pods import Pod, matches, pods_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trimtab.render.objects import KubernetesObject

Objects = "Sequence[KubernetesObject]"
NAME = "kubernetes.io/metadata.name"
PROMETHEUS = {NAME: "monitoring"}


def of_kind(objects: Sequence[KubernetesObject], *kinds: str) -> list[KubernetesObject]:
    return [one for one in objects if one.kind in kinds]


def said(one: KubernetesObject, problem: str) -> str:
    return f"{one.kind} {one.namespace}/{one.name}: {problem}"


def monitors(objects: Sequence[KubernetesObject]) -> Iterator[str]:
    """Each monitor finds Services or pods, by label and by port, that let Prometheus in."""
    pods = pods_of(objects)
    services = of_kind(objects, "Service")
    for one in of_kind(objects, "ServiceMonitor"):
        found = [it for it in services if matches(one.document["spec"]["selector"], _labels(it))]
        for endpoint in one.document["spec"]["endpoints"]:
            port = endpoint["port"]
            known = [it for it in found if any(each.get("name") == port for each in it.document["spec"]["ports"])]
            if not known and not _of_a_chart(one.document["spec"]["selector"], port):
                yield said(one, f"no Service {one.document['spec']['selector']} has a port {port}")
            for service in known:
                yield from _unreachable(one, _behind(service, pods), _target(service, port), objects)
    for one in of_kind(objects, "PodMonitor"):
        chosen = [pod for pod in pods if matches(one.document["spec"]["selector"], pod.labels)]
        for endpoint in one.document["spec"]["podMetricsEndpoints"]:
            scraped = [pod for pod in chosen if endpoint["port"] in pod.ports]
            if not scraped:
                yield said(one, f"no pod {one.document['spec']['selector']} has a port {endpoint['port']}")
            yield from _unreachable(one, scraped, endpoint["port"], objects)


def services(objects: Sequence[KubernetesObject]) -> Iterator[str]:
    """Each Service finds pods that listen where it sends to."""
    pods = pods_of(objects)
    for one in of_kind(objects, "Service"):
        behind = _behind(one, pods)
        if not behind:
            yield said(one, f"no pod has {one.document['spec']['selector']}")
        for port in one.document["spec"]["ports"]:
            target = port.get("targetPort", port["port"])
            yield from (
                said(one, f"{pod.owner.kind} {pod.owner.name} does not listen on {target}")
                for pod in behind
                if not pod.listens(target)
            )


def budgets(objects: Sequence[KubernetesObject]) -> Iterator[str]:
    """Each PodDisruptionBudget finds pods."""
    pods = pods_of(objects)
    for one in of_kind(objects, "PodDisruptionBudget"):
        if not _selected(one, one.document["spec"]["selector"], pods):
            yield said(one, f"no pod has {one.document['spec']['selector']}")


def policies(objects: Sequence[KubernetesObject]) -> Iterator[str]:
    """Each NetworkPolicy that names pods or namespaces names some that there are."""
    pods = pods_of(objects)
    declared = {one.name for one in of_kind(objects, "Namespace")}
    for one in of_kind(objects, "NetworkPolicy"):
        spec = one.document["spec"]
        yield from _nobody(one, one.namespace, spec["podSelector"], pods)
        rules = [*spec.get("ingress", []), *spec.get("egress", [])]
        for peer in (peer for rule in rules for peer in [*rule.get("from", []), *rule.get("to", [])]):
            spaces = peer.get("namespaceSelector")
            named = (spaces or {}).get("matchLabels", {}).get(NAME, one.namespace if spaces is None else "")
            if named and named not in declared and named not in NAMESPACES:
                yield said(one, f"nobody declares the namespace {named}")
            yield from _nobody(one, named, peer.get("podSelector"), pods)


def constraints(objects: Sequence[KubernetesObject]) -> Iterator[str]:
    """Each topology spread counts pods of the very template that it is in, and each Deployment selects its own."""
    for pod in pods_of(objects):
        for constraint in pod.spec.get("topologySpreadConstraints") or []:
            if not matches(constraint["labelSelector"], pod.labels):
                yield said(pod.owner, f"its topology spread counts {constraint['labelSelector']}, not its own pods")
        selector = pod.owner.document["spec"].get("selector") if pod.owner.kind == "Deployment" else None
        if selector and not matches(selector, pod.labels):
            yield said(pod.owner, f"it selects {selector}, not its own pods")


def _labels(one: KubernetesObject) -> dict[str, str]:
    return dict(one.document["metadata"].get("labels") or {})


def _of_a_chart(selector: dict[str, Any], port: str) -> bool:
    return any(matches(selector, known.labels) and port in known.ports for known in CHART_SERVICES)


def _behind(service: KubernetesObject, pods: Sequence[Pod]) -> list[Pod]:
    return _selected(service, {"matchLabels": service.document["spec"]["selector"]}, pods)


def _target(service: KubernetesObject, port: str) -> str | int:
    (found,) = [each for each in service.document["spec"]["ports"] if each.get("name") == port]
    target: str | int = found.get("targetPort", found["port"])
    return target


def _selected(one: KubernetesObject, selector: dict[str, Any], pods: Sequence[Pod]) -> list[Pod]:
    return [pod for pod in pods if pod.namespace == one.namespace and matches(selector, pod.labels)]


def _nobody(
    one: KubernetesObject, namespace: str, selector: dict[str, Any] | None, pods: Sequence[Pod]
) -> Iterator[str]:
    """An empty selector means every pod, and needs none."""
    if not selector or any(pod.namespace == namespace and matches(selector, pod.labels) for pod in pods):
        return
    wanted = (selector.get("matchLabels") or {}).items()
    if not any((where, *label) in PODS for where in (namespace, "") for label in wanted):
        yield said(one, f"no pod of {namespace or 'any namespace'} has {selector}")


def _unreachable(
    monitor: KubernetesObject, pods: Sequence[Pod], port: str | int, objects: Sequence[KubernetesObject]
) -> Iterator[str]:
    for pod in pods:
        number = pod.ports.get(port) if isinstance(port, str) else port
        about = [
            it.document["spec"]
            for it in of_kind(objects, "NetworkPolicy")
            if it.namespace == pod.namespace
            and "Ingress" in it.document["spec"]["policyTypes"]
            and matches(it.document["spec"]["podSelector"], pod.labels)
        ]
        if about and not any(_lets_in(rule, number) for spec in about for rule in spec.get("ingress") or []):
            at = f"{pod.owner.kind} {pod.namespace}/{pod.owner.name}"
            yield said(monitor, f"no network policy lets Prometheus reach port {number} of {at}")


def _lets_in(rule: dict[str, Any], port: int | None) -> bool:
    peers, ports = rule.get("from"), rule.get("ports")
    from_there = not peers or any(
        peer.get("namespaceSelector") is not None and matches(peer["namespaceSelector"], PROMETHEUS) for peer in peers
    )
    return from_there and (not ports or any(each["port"] == port for each in ports))
