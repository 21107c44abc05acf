"""What one request may know and use: the region it works in, and the cloud's clients there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trimtab.local.awsprovider.clients import Clients
    from trimtab.local.awsprovider.sdk import ResourceType


@dataclass(frozen=True)
class Context:
    """One resource in one region.

    Attributes:
        clients: the cloud.
        region: where this resource lives.
        type: what the SDK says of it.
    """

    clients: Clients
    region: str
    type: ResourceType

    def client(self, service: str) -> Any:
        """The boto3 client of a service in this resource's region."""
        return self.clients.get(service, self.region)

    @property
    def account(self) -> str:
        """The account's number."""
        return self.clients.account

    @property
    def partition(self) -> str:
        """The partition of the region: aws, aws-cn or aws-us-gov."""
        return partition_of(self.region)

    def arn(self, service: str, resource: str, *, regional: bool = True) -> str:
        """An ARN of this account; of this region unless the service is global."""
        return f"arn:{self.partition}:{service}:{self.region if regional else ''}:{self.account}:{resource}"


def partition_of(region: str) -> str:
    """The partition that a region belongs to."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"
