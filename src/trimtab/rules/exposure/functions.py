"""Functions that answer the internet: by a URL of their own, an API, a load balancer, or CloudFront before either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.exposure.balancers import attached, open_target_groups
from trimtab.rules.exposure.cloudfront import fronts
from trimtab.rules.exposure.gateways import APIS, answers_anybody
from trimtab.rules.exposure.model import FUNCTION, FUNCTION_URL, Exposed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack

PERMISSION = "aws:lambda/permission:Permission"
_GATEWAYS = frozenset({"apigateway.amazonaws.com", "elasticloadbalancing.amazonaws.com", "*"})
_BALANCER = "elasticloadbalancing.amazonaws.com"


def open_functions(stack: Stack) -> Iterator[Exposed]:
    """Every function that answers the internet."""
    for function in stack.of(FUNCTION):
        how = _by_url(function, stack) or _by_permission(function, stack)
        if how:
            network = function.props.block("vpcConfig")
            yield Exposed(function, how, function, "role", groups=("securityGroupIds", network))


def _by_url(function: Resource, stack: Stack) -> str:
    for url in stack.referring((FUNCTION_URL,), "functionName", function):
        if url.props.text("authorizationType") == "NONE":
            return "a function URL that asks nobody who they are"
        if fronts(stack, url):
            return "CloudFront before its function URL"
    return ""


def _by_permission(function: Resource, stack: Stack) -> str:
    for permission in stack.referring((PERMISSION,), "function", function):
        principal = permission.props.text("principal")
        if principal in _GATEWAYS and _from_outside(permission, principal, function, stack):
            return f"{principal} may call it for anybody"
    return ""


def _from_outside(permission: Resource, principal: str, function: Resource, stack: Stack) -> bool:
    if not permission.props.has("sourceArn"):
        return True
    if principal == _BALANCER:
        # A target group says whose it is; one of an internal load balancer alone lets nobody in.
        groups = attached(function, stack)
        return not groups or any(group.urn == other.urn for group in groups for other in open_target_groups(stack))
    apis = stack.referred(permission, "sourceArn", APIS)
    return not apis or any(answers_anybody(api, stack) for api in apis)
