"""What Karpenter's controller may do: start and end what carries this cluster's tags, and look.

The permissions are those that https://karpenter.sh/docs/reference/cloudformation/ explains one by one, without the
ones that make instance profiles: the cluster brings the profile itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from trimtab.components.cluster.key import encrypt_disks
from trimtab.components.statements import allow

if TYPE_CHECKING:
    from trimtab.components.place import Place
    from trimtab.components.statements import Conditions

LAUNCH = ("ec2:RunInstances", "ec2:CreateFleet")
LOOK = (
    "ec2:DescribeCapacityReservations",
    "ec2:DescribeImages",
    "ec2:DescribeInstances",
    "ec2:DescribeInstanceStatus",
    "ec2:DescribeInstanceTypeOfferings",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeLaunchTemplates",
    "ec2:DescribePlacementGroups",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSpotPriceHistory",
    "ec2:DescribeSubnets",
)
SHARED = ("security-group/*", "subnet/*", "capacity-reservation/*", "placement-group/*")
"""What a launch uses and does not make; images and snapshots beside them may be other accounts'."""
MADE = ("fleet/*", "instance/*", "volume/*", "network-interface/*", "launch-template/*", "spot-instances-request/*")
"""What a launch makes."""


def karpenter_grants(
    place: Place,
    *,
    cluster: str,
    node_role_arn: pulumi.Input[str],
    profile_arn: pulumi.Input[str],
    queue_arn: pulumi.Input[str],
    key_arn: pulumi.Input[str],
) -> list[dict[str, Any]]:
    """Return the statements of the controller's role."""
    return [
        *_launch(place, cluster),
        *_tag(place, cluster),
        allow(
            "EndWhatIsTheClusters",
            ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
            _ec2(place, "instance/*", "launch-template/*"),
            conditions=_owned(cluster),
        ),
        *_look(place, cluster),
        allow("ReadNotices", ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], [queue_arn]),
        allow(
            "GiveNodesTheirRole",
            ["iam:PassRole"],
            [node_role_arn],
            conditions={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}},
        ),
        allow("KnowTheProfile", ["iam:GetInstanceProfile"], [profile_arn]),
        *encrypt_disks(key_arn),
    ]


def _launch(place: Place, cluster: str) -> list[dict[str, Any]]:
    public = [_anyone(place, "image/*"), _anyone(place, "snapshot/*")]
    return [
        allow("LaunchFromWhatIsThere", LAUNCH, [*public, *_ec2(place, *SHARED)]),
        allow("LaunchFromOwnTemplates", LAUNCH, _ec2(place, "launch-template/*"), conditions=_owned(cluster)),
        allow(
            "LaunchWithTheClustersTags",
            [*LAUNCH, "ec2:CreateLaunchTemplate"],
            _ec2(place, *MADE),
            conditions=_asked(cluster),
        ),
    ]


def _tag(place: Place, cluster: str) -> list[dict[str, Any]]:
    asked, owned = _asked(cluster), _owned(cluster)
    at_launch = {
        **asked,
        "StringEquals": {
            **asked["StringEquals"],
            "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
        },
    }
    later = {
        **owned,
        "StringEqualsIfExists": {"aws:RequestTag/eks:eks-cluster-name": cluster},
        "ForAllValues:StringEquals": {"aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"]},
    }
    return [
        allow("TagAtLaunch", ["ec2:CreateTags"], _ec2(place, *MADE), conditions=at_launch),
        allow("NameOwnInstances", ["ec2:CreateTags"], _ec2(place, "instance/*"), conditions=later),
    ]


def _look(place: Place, cluster: str) -> list[dict[str, Any]]:
    here: Conditions = {"StringEquals": {"aws:RequestedRegion": place.region}}
    parameters = _anyone(place, "parameter/aws/service/*", service="ssm")
    return [
        allow("SeeWhatCanBeHad", LOOK, ["*"], conditions=here),
        allow("FindImages", ["ssm:GetParameter"], [parameters]),
        allow("KnowPrices", ["pricing:GetProducts"], ["*"]),
        allow("ListProfiles", ["iam:ListInstanceProfiles"], ["*"]),
        allow("FindTheApi", ["eks:DescribeCluster"], [place.arn("eks", f"cluster/{cluster}")]),
    ]


def _owned(cluster: str) -> Conditions:
    """It carries the tags of a node of this cluster already."""
    return {
        "StringEquals": {f"aws:ResourceTag/kubernetes.io/cluster/{cluster}": "owned"},
        "StringLike": {"aws:ResourceTag/karpenter.sh/nodepool": "*"},
    }


def _asked(cluster: str) -> Conditions:
    """It gets those tags in the request that makes it."""
    return {
        "StringEquals": {
            f"aws:RequestTag/kubernetes.io/cluster/{cluster}": "owned",
            "aws:RequestTag/eks:eks-cluster-name": cluster,
        },
        "StringLike": {"aws:RequestTag/karpenter.sh/nodepool": "*"},
    }


def _ec2(place: Place, *kinds: str) -> list[pulumi.Output[str]]:
    return [place.arn("ec2", kind) for kind in kinds]


def _anyone(place: Place, kind: str, *, service: str = "ec2") -> pulumi.Output[str]:
    """Return an ARN pattern without an account: images and parameters are also AWS's own."""
    return pulumi.Output.format("arn:{}:{}:{}::{}", place.partition, service, place.region, kind)
