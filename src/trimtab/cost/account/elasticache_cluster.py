"""ElastiCache nodes that are asked for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.account.base import HOURS, AccountKind, Found, Metric, Verdict, tags_of
from trimtab.cost.prices.items import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use

# Connections say little (agents and probes keep some open); commands of users do.
READS, WRITES = "GetTypeCmds", "SetTypeCmds"


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    cache = client_of("elasticache", region)
    for page in cache.get_paginator("describe_cache_clusters").paginate():
        for cluster in page["CacheClusters"]:
            if cluster["CacheClusterStatus"] != "available":
                continue
            facts = {
                "id": cluster["CacheClusterId"],
                "engine": cluster["Engine"],
                "type": cluster["CacheNodeType"],
                "nodes": cluster.get("NumCacheNodes") or 1,
                "group": cluster.get("ReplicationGroupId") or "",
            }
            tags = (
                tags_of(cache.list_tags_for_resource(ResourceName=cluster["ARN"])["TagList"])
                if cluster.get("ARN")
                else {}
            )
            yield Found(facts["id"], region, facts, tags, cluster.get("CacheClusterCreateTime"))


def _judge(one: Found, use: Use) -> Verdict | None:
    reads, writes = use[READS], use[WRITES]
    if not reads.samples or reads.total or writes.total:
        return None
    group = one.text("group")
    return Verdict(
        "delete",
        f"no read and no write in {reads.days:g} days",
        (Charge(f"elasticache-{one.text('engine')}-{one.text('type')}-hour", HOURS * one.number("nodes")),),
        cautions=(f"it is a member of {group}: the group as a whole goes, or keeps its copies",) if group else (),
    )


ELASTICACHE_CLUSTER = AccountKind(
    id="elasticache-cluster",
    title="ElastiCache cluster",
    found="No user's command came.",
    proposed="Delete it.",
    never_cross="One command of a user in the span keeps it; a replica is never deleted for reading nothing itself.",
    permissions=("elasticache:DescribeCacheClusters", "elasticache:ListTagsForResource"),
    read=_read,
    judge=_judge,
    metrics=tuple(Metric("AWS/ElastiCache", name, "Sum", {"CacheClusterId": "id"}) for name in (READS, WRITES)),
)
