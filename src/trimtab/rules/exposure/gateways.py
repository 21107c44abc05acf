"""API gateways that answer anybody: REST ones but private ones, and HTTP ones, unless each route asks who calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack

REST_API = "aws:apigateway/restApi:RestApi"
REST_METHOD = "aws:apigateway/method:Method"
REST_INTEGRATION = "aws:apigateway/integration:Integration"
REST_LINK = "aws:apigateway/vpcLink:VpcLink"
HTTP_API = "aws:apigatewayv2/api:Api"
HTTP_ROUTE = "aws:apigatewayv2/route:Route"
HTTP_INTEGRATION = "aws:apigatewayv2/integration:Integration"
APIS = (REST_API, HTTP_API)
_PREFLIGHT = "OPTIONS"
_LINKED = "VPC_LINK"


def answers_anybody(api: Resource, stack: Stack) -> bool:
    """Whether an API can be called from the internet by somebody who does not say who they are."""
    if api.type == REST_API:
        if "PRIVATE" in api.props.block("endpointConfiguration").texts("types"):
            return False
        methods = [one.props for one in stack.referring((REST_METHOD,), "restApi", api)]
        asked = [one.text("authorization", "NONE") for one in methods if one.text("httpMethod") != _PREFLIGHT]
    else:
        routes = stack.referring((HTTP_ROUTE,), "apiId", api)
        asked = [one.props.text("authorizationType", "NONE") for one in routes]
    # An API without routes of its own is described by a document that is not read here.
    return not asked or "NONE" in asked


def linked_balancers(stack: Stack, balancers: tuple[str, ...], listeners: tuple[str, ...]) -> Iterator[Resource]:
    """Load balancers, internal ones too, that an open API reaches through a VPC link."""
    for integration in stack.of(HTTP_INTEGRATION):
        if integration.props.text("connectionType") == _LINKED and _is_open(integration, "apiId", stack):
            for listener in stack.referred(integration, "integrationUri", listeners):
                yield from stack.referred(listener, "loadBalancerArn", balancers)
    for integration in stack.of(REST_INTEGRATION):
        if integration.props.text("connectionType") == _LINKED and _is_open(integration, "restApi", stack):
            for link in stack.referred(integration, "connectionId", (REST_LINK,)):
                yield from stack.referred(link, "targetArn", balancers)


def _is_open(integration: Resource, name: str, stack: Stack) -> bool:
    """Whether the integration's API answers anybody; one of another stack is taken to."""
    apis = stack.referred(integration, name, APIS)
    return not apis or any(answers_anybody(api, stack) for api in apis)
