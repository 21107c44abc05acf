"""EKS clusters without a node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.cost.account.base import HOURS, AccountKind, Found, Verdict, tags_of
from trimtab.cost.prices.items import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    eks, ec2 = client_of("eks", region), client_of("ec2", region)
    for page in eks.get_paginator("list_clusters").paginate():
        for name in page["clusters"]:
            cluster = eks.describe_cluster(name=name)["cluster"]
            facts = {
                "status": cluster["status"],
                "nodeGroups": _count(eks, "list_nodegroups", "nodegroups", name),
                "fargateProfiles": _count(eks, "list_fargate_profiles", "fargateProfileNames", name),
                "instances": _instances(ec2, name),
            }
            yield Found(name, region, facts, tags_of(cluster.get("tags")), cluster.get("createdAt"))


def _count(eks: Any, call: str, key: str, name: str) -> int:
    return sum(len(page[key]) for page in eks.get_paginator(call).paginate(clusterName=name))


def _instances(ec2: Any, name: str) -> int:
    """Count the nodes that node groups, Karpenter and people tag for a cluster."""
    filters = [
        {"Name": "tag-key", "Values": [f"kubernetes.io/cluster/{name}"]},
        {"Name": "instance-state-name", "Values": ["pending", "running"]},
    ]
    pages = ec2.get_paginator("describe_instances").paginate(Filters=filters)
    return sum(len(reservation["Instances"]) for page in pages for reservation in page["Reservations"])


def _judge(one: Found, _: Use) -> Verdict | None:
    if one.text("status") != "ACTIVE" or any(
        one.number(name) for name in ("nodeGroups", "fargateProfiles", "instances")
    ):
        return None
    return Verdict(
        "delete",
        "no node group, no Fargate profile and no instance that is tagged for it",
        (Charge("eks-hour", HOURS),),
        cautions=("a cluster that scales to zero nodes and keeps its objects looks the same: ask its owner",),
    )


EKS_CLUSTER = AccountKind(
    id="eks-cluster",
    title="EKS cluster",
    found="No node group, Fargate profile or tagged instance.",
    proposed="Delete it.",
    never_cross="One node, node group or Fargate profile keeps it.",
    permissions=(
        "eks:ListClusters",
        "eks:DescribeCluster",
        "eks:ListNodegroups",
        "eks:ListFargateProfiles",
        "ec2:DescribeInstances",
    ),
    read=_read,
    judge=_judge,
)
