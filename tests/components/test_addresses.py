"""How a VPC's block is shared out: no two subnets meet, and a zone more moves none that is there."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from trimtab.components.network.addresses import SMALLEST_SUBNET, private_blocks, public_blocks

blocks = st.builds(
    lambda second, size: IPv4Network((f"10.{second}.0.0", size)), st.integers(0, 255), st.integers(16, 23)
)


@given(blocks, st.integers(2, 6))
def test_subnets_lie_in_the_block_and_meet_nowhere(cidr: IPv4Network, zones: int) -> None:
    private, public = private_blocks(cidr, zones), public_blocks(cidr, zones)
    assert len(private) == len(public) == zones
    assert all(block.subnet_of(cidr) for block in [*private, *public])
    assert not any(one.overlaps(other) for one, other in combinations([*private, *public], 2))
    assert all(block.prefixlen <= SMALLEST_SUBNET for block in public)


@given(blocks, st.integers(2, 5))
def test_a_zone_more_moves_no_subnet(cidr: IPv4Network, zones: int) -> None:
    assert private_blocks(cidr, zones + 1)[:zones] == private_blocks(cidr, zones)
    assert public_blocks(cidr, zones + 1)[:zones] == public_blocks(cidr, zones)


def test_the_documented_plan() -> None:
    cidr = IPv4Network("10.40.0.0/16")
    assert [str(block) for block in private_blocks(cidr, 2)] == ["10.40.0.0/19", "10.40.32.0/19"]
    assert [str(block) for block in public_blocks(cidr, 1)] == ["10.40.192.0/22"]
    assert [str(block) for block in public_blocks(IPv4Network("10.40.0.0/23"), 1)] == ["10.40.1.128/28"]
