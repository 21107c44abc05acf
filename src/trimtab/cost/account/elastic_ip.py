"""Public addresses that nothing answers at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.account.base import HOURS, AccountKind, Found, Verdict, tags_of
from trimtab.cost.prices.items import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    for address in client_of("ec2", region).describe_addresses()["Addresses"]:
        facts = {
            "ip": address["PublicIp"],
            "associated": bool(address.get("AssociationId") or address.get("InstanceId")),
        }
        yield Found(address.get("AllocationId") or address["PublicIp"], region, facts, tags_of(address.get("Tags")))


def _judge(one: Found, _: Use) -> Verdict | None:
    if one.facts["associated"]:
        return None
    return Verdict(
        "release",
        f"{one.text('ip')} belongs to no instance, gateway or load balancer",
        (Charge("public-ipv4-hour", HOURS),),
        cautions=("the address cannot be had again: look for it in others' allow lists and DNS first",),
    )


ELASTIC_IP = AccountKind(
    id="elastic-ip",
    title="Elastic IP address",
    found="Associated with nothing.",
    proposed="Release it.",
    never_cross="An address that is associated, with a stopped instance even, is kept.",
    permissions=("ec2:DescribeAddresses",),
    read=_read,
    judge=_judge,
)
