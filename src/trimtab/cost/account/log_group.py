"""Log groups that keep everything for ever."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from trimtab.cost.account.base import GIB, AccountKind, Found, Metric, Verdict, tags_of
from trimtab.cost.prices.items import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use

IN = "IncomingBytes"

# A year covers an audit's look back and a season's comparison; what law asks for longer says so in its own retention.
_DAYS = 365


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    logs = client_of("logs", region)
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in page["logGroups"]:
            facts = {
                "name": group["logGroupName"],
                "storedBytes": group.get("storedBytes", 0),
                "retentionInDays": group.get("retentionInDays", 0),
            }
            arn = group["arn"].removesuffix(":*")
            tags = {} if group.get("retentionInDays") else tags_of(logs.list_tags_for_resource(resourceArn=arn)["tags"])
            created = datetime.fromtimestamp(group["creationTime"] / 1000, tz=UTC)
            yield Found(group["logGroupName"], region, facts, tags, created)


def _judge(one: Found, use: Use) -> Verdict | None:
    stored, came = one.number("storedBytes"), use[IN]
    if one.number("retentionInDays") or not (stored or came.total):
        return None
    kept = min(stored, came.total / came.days * _DAYS) if came.days else stored
    return Verdict(
        "change",
        f"no retention: {stored / GIB:,.2f} GiB are kept, {came.monthly / GIB:,.2f} GiB come a month",
        (Charge("logs-stored-gib", stored / GIB),),
        (Charge("logs-stored-gib", kept / GIB),),
        {"retentionInDays": _DAYS},
        cautions=("logs that law or audit asks for longer need a longer retention",),
    )


LOG_GROUP = AccountKind(
    id="log-group",
    title="Log group",
    found="It has no retention.",
    proposed="Keep 365 days.",
    never_cross="A retention that somebody set is never shortened.",
    permissions=("logs:DescribeLogGroups", "logs:ListTagsForResource"),
    read=_read,
    judge=_judge,
    # Reported only where something came: no point means nothing.
    metrics=(Metric("AWS/Logs", IN, "Sum", {"LogGroupName": "name"}),),
    ages=False,
)
