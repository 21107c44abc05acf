"""Where a component's resources live: the account, the partition and the region that ARNs are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from trimtab.components.base import Component


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
    """Return where the provider of `component` creates its resources."""
    options = pulumi.InvokeOutputOptions(parent=component)
    return Place(
        account=aws.get_caller_identity_output(opts=options).account_id,
        partition=aws.get_partition_output(opts=options).partition,
        region=aws.get_region_output(opts=options).region,
    )
