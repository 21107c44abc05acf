"""The network that every other part lives in."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.units import EachOnce, LogRetentionDays

LARGEST_PREFIX, SMALLEST_PREFIX = 16, 23


class NewNetwork(SpecModel):
    """A VPC of the platform's own: private subnets over several zones, no way in from the internet."""

    type: Literal["new"] = "new"
    # The default is a network already, which a strict reading of JSON would refuse: JSON has texts only.
    cidr: Annotated[IPv4Network, Field(validate_default=False)] = IPv4Network("10.40.0.0/16")
    """Address block of the VPC, /16 to /23: room for six zones and their NAT gateways."""
    zones: Annotated[int, Field(ge=2, le=6)] = 2
    """Availability zones; two at least, so that one may fail."""
    nat: Literal["none", "single", "per-zone"] = "none"
    """NAT gateways for outbound traffic. `none`: only AWS services, through VPC endpoints."""
    flow_log_retention_days: LogRetentionDays = 365
    interface_endpoints: Annotated[tuple[Literal["ecr", "sagemaker", "cloudwatch", "sts", "kms"], ...], EachOnce] = (
        "ecr",
        "sagemaker",
        "cloudwatch",
    )
    """AWS services reached privately; S3 and DynamoDB gateway endpoints are free and always there."""

    @field_validator("cidr")
    @classmethod
    def _size(cls, cidr: IPv4Network) -> IPv4Network:
        if not LARGEST_PREFIX <= cidr.prefixlen <= SMALLEST_PREFIX:
            raise PydanticCustomError(
                "cidr_size",
                "a block of /{prefix} does not fit a VPC of several zones",
                {
                    "prefix": cidr.prefixlen,
                    "allowed": "/16 to /23",
                    "remedy": "choose a block such as 10.40.0.0/16",
                },
            )
        return cidr


class ExistingNetwork(SpecModel):
    """A VPC that somebody else declares; its ids are looked up, never changed."""

    type: Literal["existing"]
    vpc_id: Annotated[str, Field(pattern=r"^vpc-[0-9a-f]{8,17}$", description="Id of a VPC, vpc-…")]
    private_subnet_ids: Annotated[
        tuple[
            Annotated[str, Field(pattern=r"^subnet-[0-9a-f]{8,17}$", description="Id of a subnet, subnet-…")],
            ...,
        ],
        Field(min_length=2),
        EachOnce,
    ]
    """Private subnets in two zones or more."""


Network = Annotated[NewNetwork | ExistingNetwork, Field(discriminator="type")]
