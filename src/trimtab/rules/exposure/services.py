"""Services of a cluster that the internet reaches: by a load balancer of their own, an ingress, or a gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props

# How a cloud's controllers are told that a load balancer is internal.
_INTERNAL = {
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true",),
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
    "networking.gke.io/load-balancer-type": ("internal",),
}
_INGRESS_SCHEME = "alb.ingress.kubernetes.io/scheme"


def open_services(stack: Stack) -> list[Resource]:
    """Every Service that the internet reaches."""
    services = stack.of(kinds.SERVICE)
    named = set(_behind_ingresses(stack)) | set(_behind_gateways(stack)) if services else set()
    return [one for one in services if _has_public_balancer(one) or (namespace(one), name(one)) in named]


def namespace(thing: Resource) -> str:
    """The namespace that an object lies in."""
    return thing.props.block("metadata").text("namespace", "default")


def name(thing: Resource) -> str:
    """The name by which other objects mean it."""
    return thing.props.block("metadata").text("name", thing.name)


def _has_public_balancer(service: Resource) -> bool:
    if service.props.block("spec").text("type") != "LoadBalancer":
        return False
    return not _is_internal(service.props.block("metadata").block("annotations"))


def _is_internal(annotations: Props) -> bool:
    return any(annotations.text(key).lower() in values for key, values in _INTERNAL.items())


def _behind_ingresses(stack: Stack) -> Iterator[tuple[str, str]]:
    for ingress in stack.of(kinds.INGRESS):
        scheme = ingress.props.block("metadata").block("annotations").text(_INGRESS_SCHEME)
        if scheme == "internet-facing":
            spec = ingress.props.block("spec")
            paths = [path for rule in spec.blocks("rules") for path in rule.block("http").blocks("paths")]
            for backend in (*spec.blocks("defaultBackend"), *(path.block("backend") for path in paths)):
                yield namespace(ingress), backend.block("service").text("name")


def _behind_gateways(stack: Stack) -> Iterator[tuple[str, str]]:
    """Services that a route of a gateway with a public load balancer leads to."""
    gateways = {(namespace(one), name(one)) for one in stack.of(*kinds.GATEWAYS) if _gateway_is_public(one)}
    for route in stack.of(*kinds.ROUTES) if gateways else ():
        spec, own = route.props.block("spec"), namespace(route)
        parents = {(ref.text("namespace", own), ref.text("name")) for ref in spec.blocks("parentRefs")}
        for rule in spec.blocks("rules") if parents & gateways else ():
            for backend in rule.blocks("backendRefs"):
                yield backend.text("namespace", own), backend.text("name")


def _gateway_is_public(gateway: Resource) -> bool:
    spec = gateway.props.block("spec")
    of_balancer = spec.block("infrastructure").block("annotations")
    # A mesh's own gateway, for calls between its services, has no load balancer.
    meshed = spec.text("gatewayClassName").endswith(_MESHED)
    return not meshed and not _is_internal(of_balancer)


_MESHED = ("waypoint", "mesh")
