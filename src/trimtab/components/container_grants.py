"""What a container that SageMaker runs needs whatever it does: its image, its network, its logs and metrics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pulumi

from trimtab.components.statements import allow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.components.place import Place

# ACCOUNT.dkr.ecr.REGION.amazonaws.com[.cn]/REPOSITORY@sha256:…
_ECR = re.compile(
    r"^(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[\w-]+)\.amazonaws\.com(?:\.cn)?/(?P<name>[^@:]+)(?:[@:].*)?$"
)
METRIC_NAMESPACES = ["AWS/SageMaker", "aws/sagemaker/*", "/aws/sagemaker/*"]

# EC2 names no resource for these before they exist; SageMaker needs them to place containers in subnets
# (https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html).
_NETWORK_ACTIONS = [
    "ec2:CreateNetworkInterface",
    "ec2:CreateNetworkInterfacePermission",
    "ec2:DeleteNetworkInterface",
    "ec2:DeleteNetworkInterfacePermission",
    "ec2:DescribeDhcpOptions",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
]


def pull_images(images: Iterable[str], place: Place) -> list[dict[str, Any]]:
    """Return the statements that let a role pull images from ECR; none for images that lie elsewhere."""
    found = [match for image in images if (match := _ECR.match(image))]
    repositories = sorted({(m["region"], m["account"], m["name"]) for m in found})
    if not repositories:
        return []
    arns = [
        pulumi.Output.format("arn:{}:ecr:{}:{}:repository/{}", place.partition, region, account, name)
        for region, account, name in repositories
    ]
    return pull_repositories(arns)


def pull_repositories(arns: list[pulumi.Output[str]], *, sid: str = "PullImages") -> list[dict[str, Any]]:
    """Return the statements that let a role pull images of the repositories."""
    pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    # A registry's token names no repository: ECR accepts only * here.
    return [allow(sid, pull, arns), allow(f"{sid}FromRegistry", ["ecr:GetAuthorizationToken"], ["*"])]


def join_network() -> dict[str, Any]:
    """Return the statement that lets SageMaker place a role's containers in subnets."""
    return allow("AttachToTheNetwork", _NETWORK_ACTIONS, ["*"])


def observe(place: Place, log_groups: Iterable[pulumi.Input[str]]) -> list[dict[str, Any]]:
    """Return the statements that let a role write logs to the groups, and SageMaker's metrics.

    Args:
        place: where the component lives.
        log_groups: names, or patterns of names.
    """
    groups = [pulumi.Output.concat("log-group:", name) for name in log_groups]
    arns = [place.arn("logs", name) for group in groups for name in (group, pulumi.Output.concat(group, ":*"))]
    actions = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    return [
        allow("WriteLogs", actions, arns),
        allow(
            "WriteMetrics",
            ["cloudwatch:PutMetricData"],
            ["*"],
            conditions={"StringLike": {"cloudwatch:namespace": METRIC_NAMESPACES}},
        ),
    ]


def key_via(place: Place, *services: str) -> dict[str, dict[str, Any]]:
    """Return the condition that a key is used through these services only, `s3`, `sns`."""
    names = [pulumi.Output.format("{}.{}.amazonaws.com", name, place.region) for name in services]
    return {"StringLike": {"kms:ViaService": names}}
