"""NAT gateways: without traffic, or with traffic that an endpoint would carry for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.account.base import GIB, HOURS, AccountKind, Found, Metric, Verdict, tags_of
from trimtab.cost.prices.items import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use

OUT, BACK = "BytesOutToDestination", "BytesOutToSource"


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    ec2 = client_of("ec2", region)
    gateways = {
        endpoint["VpcId"]
        for page in ec2.get_paginator("describe_vpc_endpoints").paginate()
        for endpoint in page["VpcEndpoints"]
        if endpoint["VpcEndpointType"] == "Gateway" and endpoint["ServiceName"].endswith(".s3")
    }
    for page in ec2.get_paginator("describe_nat_gateways").paginate():
        for gateway in page["NatGateways"]:
            if gateway["State"] == "available":
                name, vpc = gateway["NatGatewayId"], gateway["VpcId"]
                facts = {"id": name, "vpc": vpc, "s3Endpoint": vpc in gateways}
                yield Found(name, region, facts, tags_of(gateway.get("Tags")), gateway["CreateTime"])


def _judge(one: Found, use: Use) -> Verdict | None:
    out, back = use[OUT], use[BACK]
    if not out.samples:
        return None  # A gateway reports whether it is used or not; without a report nothing is known.
    gib = (out.monthly + back.monthly) / GIB
    hour = Charge("nat-hour", HOURS)
    if not out.total and not back.total:
        because = f"no byte passed it in {out.days:g} days"
        return Verdict("delete", because, (hour,), cautions=("routes that lead to it must go first",))
    if one.facts["s3Endpoint"]:
        return None
    return Verdict(
        "add",
        f"{gib:,.1f} GiB a month pass it, and {one.text('vpc')} has no gateway endpoint for S3, which costs nothing",
        (hour, Charge("nat-gib", gib)),
        changes={"vpcEndpoint": "s3", "type": "Gateway"},
        unpriced="how much of its traffic goes to S3 is not measured; each GiB that does costs nothing then",
    )


NAT_GATEWAY = AccountKind(
    id="nat-gateway",
    title="NAT gateway",
    found="No byte passed it; or traffic did, and its network has no gateway endpoint for S3.",
    proposed="Delete it, or add the endpoint.",
    never_cross="A gateway that carried one byte in the span is never called unused.",
    permissions=("ec2:DescribeNatGateways", "ec2:DescribeVpcEndpoints"),
    read=_read,
    judge=_judge,
    metrics=tuple(Metric("AWS/NATGateway", name, "Sum", {"NatGatewayId": "id"}) for name in (OUT, BACK)),
)
