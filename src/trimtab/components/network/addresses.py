"""How a VPC's block is shared out, so that a zone more never moves the subnets that are there.

Each zone has a place of its own in the first six eighths of the block; the last quarter is kept for the small
public subnets that hold nothing but NAT gateways:

    10.40.0.0/16   private 10.40.0.0/19, 10.40.32.0/19, …, 10.40.160.0/19   public 10.40.192.0/22, …
    10.40.0.0/23   private 10.40.0.0/26, 10.40.0.64/26, …                   public 10.40.1.128/28, …
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaddress import IPv4Network

PRIVATE_BITS, PUBLIC_BITS, QUARTER_BITS = 3, 6, 2
SMALLEST_SUBNET = 28
"""The smallest subnet that AWS makes."""


def private_blocks(cidr: IPv4Network, zones: int) -> list[IPv4Network]:
    """Return the blocks of the private subnets, one a zone."""
    return list(islice(cidr.subnets(prefixlen_diff=PRIVATE_BITS), zones))


def public_blocks(cidr: IPv4Network, zones: int) -> list[IPv4Network]:
    """Return the blocks of the public subnets, one a zone."""
    *_, last_quarter = cidr.subnets(prefixlen_diff=QUARTER_BITS)
    return list(islice(last_quarter.subnets(new_prefix=min(cidr.prefixlen + PUBLIC_BITS, SMALLEST_SUBNET)), zones))
