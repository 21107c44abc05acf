"""Reserved capacity that no instance runs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.account.base import AccountKind, Found, Metric, Verdict, tags_of
from trimtab.cost.prices.items import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use

USED = "UsedInstanceCount"


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    for page in client_of("ec2", region).get_paginator("describe_capacity_reservations").paginate():
        for one in page["CapacityReservations"]:
            if one["State"] != "active":
                continue
            facts = {
                "id": one["CapacityReservationId"],
                "type": one["InstanceType"],
                "total": one["TotalInstanceCount"],
                "available": one["AvailableInstanceCount"],
                "kind": one.get("ReservationType") or "default",
            }
            yield Found(facts["id"], region, facts, tags_of(one.get("Tags")), one.get("CreateDate"))


def _judge(one: Found, use: Use) -> Verdict | None:
    seen, total = use[USED], one.number("total")
    if one.text("kind") != "default" or not seen.samples:
        return None  # A capacity block is paid in advance: giving it back saves nothing.
    spare = total - max(seen.peak, total - one.number("available"))
    if spare <= 0:
        return None
    left = total - spare
    return Verdict(
        "release" if not left else "change",
        f"{seen.peak:g} of {total:g} reserved {one.text('type')} ran at most in {seen.days:g} days",
        (Charge(one.text("type"), total, "ec2"),),
        (Charge(one.text("type"), left, "ec2"),),
        {"instanceCount": int(left)} if left else {},
        cautions=("what is given back may not be had again: capacity of this type may be short",),
    )


CAPACITY_RESERVATION = AccountKind(
    id="capacity-reservation",
    title="Capacity reservation",
    found="Fewer instances ran at once than are reserved; capacity blocks are not looked at.",
    proposed="Release it, or reserve fewer instances.",
    never_cross="Never fewer than ran at once in the span or run now; capacity blocks, paid in advance, are kept.",
    permissions=("ec2:DescribeCapacityReservations",),
    read=_read,
    judge=_judge,
    metrics=(Metric("AWS/EC2CapacityReservations", USED, "Maximum", {"CapacityReservationId": "id"}),),
)
