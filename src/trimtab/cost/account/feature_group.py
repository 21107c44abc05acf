"""Feature groups whose online store nobody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.account.base import AccountKind, Found, Metric, Verdict, tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use

READS = "ConsumedReadRequestsUnits"


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    sagemaker = client_of("sagemaker", region)
    for page in sagemaker.get_paginator("list_feature_groups").paginate():
        for summary in page["FeatureGroupSummaries"]:
            name = summary["FeatureGroupName"]
            group = sagemaker.describe_feature_group(FeatureGroupName=name)
            online = group.get("OnlineStoreConfig", {})
            facts = {
                "name": name,
                "operation": "GetRecord",
                "online": bool(online.get("EnableOnlineStore")),
                "storage": online.get("StorageType") or "Standard",
            }
            tags = tags_of(sagemaker.list_tags(ResourceArn=group["FeatureGroupArn"])["Tags"])
            yield Found(name, region, facts, tags, group.get("CreationTime"))


def _judge(one: Found, use: Use) -> Verdict | None:
    if not one.facts["online"] or use[READS].total:
        return None
    return Verdict(
        "change",
        f"its online store was not read in {use[READS].days:g} days; every record is written to it all the same",
        changes={"onlineStoreConfig.enableOnlineStore": False},
        cautions=("an online store cannot be switched off in place: the group is made anew without it",),
        unpriced="SageMaker does not say how much an online store holds",
    )


FEATURE_GROUP = AccountKind(
    id="feature-group",
    title="Feature group with an online store",
    found="Its online store was not read.",
    proposed="A group without an online store.",
    never_cross="One record read in the span keeps the online store; the offline store is never touched.",
    permissions=("sagemaker:ListFeatureGroups", "sagemaker:DescribeFeatureGroup", "sagemaker:ListTags"),
    read=_read,
    judge=_judge,
    # Reported only where a record was read: no point means none.
    metrics=(
        Metric("AWS/SageMaker/FeatureStore", READS, "Sum", {"FeatureGroupName": "name", "OperationName": "operation"}),
    ),
)
