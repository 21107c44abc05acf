"""App Runner services: open to the internet unless it is said otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.exposure.model import Exposed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.stack import Stack

APP_RUNNER = "aws:apprunner/service:Service"
CONNECTOR = "aws:apprunner/vpcConnector:VpcConnector"


def open_app_runner_services(stack: Stack) -> Iterator[Exposed]:
    """Every service that is publicly accessible, with the role of its instances and the network it goes out by."""
    for service in stack.of(APP_RUNNER):
        network = service.props.block("networkConfiguration")
        if not network.block("ingressConfiguration").flag("isPubliclyAccessible", default=True):
            continue
        instances = service.props.block("instanceConfiguration")
        out = Exposed(service, "App Runner's public address", service, "instanceRoleArn", view=instances)
        connectors = stack.referred(service, "vpcConnectorArn", (CONNECTOR,), view=network.block("egressConfiguration"))
        if not connectors:
            yield out
        for one in connectors:
            groups = ("securityGroups", one.props)
            yield Exposed(service, out.how, service, out.role, out.view, groups=groups, network=one)
