"""Where a component's resources live: the account, the partition and the region that ARNs are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from trimtab.components.base import Component

AWS = "aws:index/getRegion:getRegion"
"""Any member of the package: its provider is asked for by one."""
_PLACES: WeakKeyDictionary[pulumi.Resource, dict[pulumi.ProviderResource | None, Place]] = WeakKeyDictionary()
"""What was asked already, a program at a time: a process may run several (tests do)."""


@dataclass(frozen=True)
class Place:
    """What the credentials and the provider of a component say."""

    account: pulumi.Output[str]
    partition: pulumi.Output[str]
    region: pulumi.Output[str]

    def arn(self, service: str, resource: pulumi.Input[str], *, regional: bool = True) -> pulumi.Output[str]:
        """Return `arn:<partition>:<service>:<region>:<account>:<resource>`; global services name no region."""
        region: pulumi.Input[str] = self.region if regional else ""
        return pulumi.Output.format("arn:{}:{}:{}:{}:{}", self.partition, service, region, self.account, resource)


def place_of(component: Component) -> Place:
    """Return where the provider of `component` creates its resources; a program asks once for each provider."""
    program, provider = pulumi.runtime.get_root_resource(), component.get_provider(AWS)
    places = _PLACES.setdefault(program, {}) if program else {}
    if provider not in places:
        places[provider] = _asked(component)
    return places[provider]


def _asked(component: Component) -> Place:
    options = pulumi.InvokeOutputOptions(parent=component)
    return Place(
        account=aws.get_caller_identity_output(opts=options).account_id,
        partition=aws.get_partition_output(opts=options).partition,
        region=aws.get_region_output(opts=options).region,
    )
