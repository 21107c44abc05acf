"""Load balancers with nothing behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.account.base import HOURS, AccountKind, Found, Metric, Verdict, tags_of
from trimtab.cost.prices.items import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from trimtab.cost.account.base import ClientOf, Use

_TAGS_AT_ONCE = 20
"""Load balancers that one call of DescribeTags takes."""


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    elb = client_of("elbv2", region)
    for page in elb.get_paginator("describe_load_balancers").paginate(PaginationConfig={"PageSize": _TAGS_AT_ONCE}):
        balancers = page["LoadBalancers"]
        arns = [one["LoadBalancerArn"] for one in balancers]
        described = elb.describe_tags(ResourceArns=arns)["TagDescriptions"] if arns else []
        tags = {one["ResourceArn"]: tags_of(one["Tags"]) for one in described}
        for balancer in balancers:
            arn = balancer["LoadBalancerArn"]
            facts = {
                "type": balancer["Type"],
                "name": arn.partition("loadbalancer/")[2],
                "targets": _targets(elb, arn),
            }
            yield Found(balancer["LoadBalancerName"], region, facts, tags.get(arn, {}), balancer["CreatedTime"])


def _targets(elb: Any, arn: str) -> int:
    groups = elb.get_paginator("describe_target_groups").paginate(LoadBalancerArn=arn)
    found = [group["TargetGroupArn"] for page in groups for group in page["TargetGroups"]]
    return sum(len(elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]) for group in found)


def _judge(one: Found, use: Use) -> Verdict | None:
    served = use["RequestCount"].total
    if one.facts["targets"] or served:
        return None  # A listener may answer by itself (a redirect): then there are requests.
    return Verdict(
        "delete",
        f"no target is registered behind it, and it answered nothing in {use['RequestCount'].days:g} days",
        (Charge(f"{one.text('type')}-load-balancer-hour", HOURS),),
    )


LOAD_BALANCER = AccountKind(
    id="load-balancer",
    title="Load balancer",
    found="No target is registered and nothing was answered.",
    proposed="Delete it.",
    never_cross="One registered target, healthy or not, or one answered request in the span keeps it.",
    permissions=(
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
    ),
    read=_read,
    judge=_judge,
    # Reported only where there is a request: no point means none.
    metrics=(Metric("AWS/ApplicationELB", "RequestCount", "Sum", {"LoadBalancer": "name"}),),
)
