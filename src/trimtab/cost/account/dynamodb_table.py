"""DynamoDB tables whose capacity mode costs more than the other one would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.account.base import HOURS, AccountKind, Found, Metric, Verdict, tags_of
from trimtab.cost.prices.items import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use

READ, WRITE = "ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"
_MILLION = 1e6

# On demand costs 3.5 times a provisioned unit that is fully used (3,600 writes at 0.625 a million against 0.00065 for
# an hour of one a second): under two sevenths of the capacity in use it is cheaper. A tenth leaves room for months
# that are busier.
_SHARE_USED = 0.1
_SECONDS = 3_600


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    dynamodb = client_of("dynamodb", region)
    for page in dynamodb.get_paginator("list_tables").paginate():
        for name in page["TableNames"]:
            table = dynamodb.describe_table(TableName=name)["Table"]
            mode = table.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED")
            capacity = table.get("ProvisionedThroughput", {})
            indexes = [one.get("ProvisionedThroughput", {}) for one in table.get("GlobalSecondaryIndexes", [])]
            facts = {
                "name": name,
                "mode": mode,
                "readUnits": sum(one.get("ReadCapacityUnits", 0) for one in (capacity, *indexes)),
                "writeUnits": sum(one.get("WriteCapacityUnits", 0) for one in (capacity, *indexes)),
                "indexes": len(indexes),
            }
            tags = tags_of(dynamodb.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"])
            yield Found(name, region, facts, tags, table.get("CreationDateTime"))


def _judge(one: Found, use: Use) -> Verdict | None:
    if one.text("mode") != "PROVISIONED" or one.facts["indexes"]:
        return None  # Indexes consume on their own metrics; a table's alone would count too little.
    reads, writes = use[READ], use[WRITE]
    held = one.number("readUnits") + one.number("writeUnits")
    used = (reads.total + writes.total) / (reads.days * 24 * _SECONDS) if reads.days else 0.0
    if not held or used > _SHARE_USED * held:
        return None
    return Verdict(
        "change",
        f"{used:.2g} of {held:g} provisioned units a second were used on average in {reads.days:g} days",
        (
            Charge("dynamodb-read-unit-hour", one.number("readUnits") * HOURS),
            Charge("dynamodb-write-unit-hour", one.number("writeUnits") * HOURS),
        ),
        (
            Charge("dynamodb-read-million", reads.monthly / _MILLION),
            Charge("dynamodb-write-million", writes.monthly / _MILLION),
        ),
        {"billingMode": "PAY_PER_REQUEST"},
        cautions=("the mode may be changed four times a day; reserved capacity bought for it would be lost",),
    )


DYNAMODB_TABLE = AccountKind(
    id="dynamodb-table",
    title="DynamoDB table",
    found="At most a tenth of the provisioned capacity was used.",
    proposed="Pay on demand.",
    never_cross="On demand only where a tenth of the capacity was used at most: a month twice as busy is cheaper too.",
    permissions=("dynamodb:ListTables", "dynamodb:DescribeTable", "dynamodb:ListTagsOfResource"),
    read=_read,
    judge=_judge,
    # Reported only where something was consumed: no point means nothing.
    metrics=tuple(Metric("AWS/DynamoDB", name, "Sum", {"TableName": "name"}) for name in (READ, WRITE)),
)
