"""CloudFront: it signs for anybody, so what asks callers who they are, or has no public address, is open behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props

DISTRIBUTION = "aws:cloudfront/distribution:Distribution"
VPC_ORIGIN = "aws:cloudfront/vpcOrigin:VpcOrigin"
_ADDRESSES = ("functionUrl", "dnsName", "domainName")


def fronts(stack: Stack, target: Resource) -> bool:
    """Whether an open distribution sends what it is asked to `target`, by its host name."""
    return any(
        _names_host(distribution, origin, target, stack)
        for distribution in _open(stack)
        for origin in distribution.props.blocks("origins")
    )


def behind_vpc_origins(stack: Stack, types: tuple[str, ...]) -> Iterator[Resource]:
    """Resources without a public address that an open distribution reaches inside the network."""
    for distribution in _open(stack):
        for origin in distribution.props.blocks("origins"):
            inside = origin.block("vpcOriginConfig")
            for gate in stack.referred(distribution, "vpcOriginId", (VPC_ORIGIN,), view=inside) if inside.raw else ():
                endpoint = gate.props.block("vpcOriginEndpointConfig")
                yield from stack.referred(gate, "arn", types, view=endpoint)


def _open(stack: Stack) -> Iterator[Resource]:
    """Distributions that are on and let in whoever has no signed address."""
    for distribution in stack.of(DISTRIBUTION):
        behaviour = distribution.props.block("defaultCacheBehavior")
        signed = behaviour.has("trustedKeyGroups") or behaviour.has("trustedSigners")
        if distribution.props.flag("enabled", default=True) and not signed:
            yield distribution


def _names_host(distribution: Resource, origin: Props, target: Resource, stack: Stack) -> bool:
    values = origin.values("domainName")
    hosts = {_host(target.outputs.get(key)) for key in _ADDRESSES} - {""}
    if any(isinstance(value, str) and value in hosts for value in values):
        return True
    return stack.names(distribution, values, target, top="origins", at=f"{origin.path}.domainName")


def _host(address: object) -> str:
    return address.removeprefix("https://").partition("/")[0] if isinstance(address, str) else ""
