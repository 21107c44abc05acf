"""Roles that services assume: for this account's resources only, and for what is granted only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from trimtab.components.place import Place, place_of
from trimtab.components.statements import allow, document, under

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trimtab.components.base import Component
    from trimtab.components.statements import Conditions

WITHOUT_SOURCE = frozenset({"ec2.amazonaws.com"})
"""Services that assume a role without saying for which account or resource: a condition would lock them out."""


class ServiceRole(aws.iam.Role):
    """A role whose ARN is known once its policies stand.

    Services try a role out when they are given it (a feature group writes to its bucket, a trail to its log group),
    so whoever takes the ARN must come after the policies, not only after the role.
    """

    allowed: tuple[pulumi.Output[str], ...] = ()
    """Ids of what grants it anything."""

    @property
    def arn(self) -> pulumi.Output[str]:
        """The role's ARN, after its policies."""
        own: pulumi.Output[str] = pulumi.get(self, "arn")
        return pulumi.Output.all(own, *self.allowed).apply(lambda known: str(known[0]))


def service_role(
    component: Component,
    suffix: str,
    *,
    service: str,
    grants: Sequence[Mapping[str, Any]],
    source_arn: pulumi.Input[str] | None = None,
    managed_policy_arns: Sequence[pulumi.Input[str]] = (),
    place: Place | None = None,
) -> ServiceRole:
    """Return a role that one service may assume.

    Args:
        component: the owner of the role.
        suffix: what the role is for; with the component's name it makes the role's name.
        service: the service principal, `sagemaker.amazonaws.com`.
        grants: statements made by `trimtab.components.statements.allow`; empty: no policy of its own.
        source_arn: ARN, or pattern of one, of the resources that the service may act for. The account is
            always checked; this narrows further.
        managed_policy_arns: AWS's or the account's own policies to attach.
        place: where the component lives, when the caller has looked it up already.
    """
    role = ServiceRole(
        f"{component.name}-{suffix}",
        path=f"/{component.context.platform}/{component.context.environment}/",
        description=f"{component.context.prefix} {component.name}: {suffix}",
        assume_role_policy=_trust(service, place or place_of(component), source_arn),
        tags=component.tags(),
        opts=component.child(),
    )
    role.allowed = tuple(_policies(component, f"{component.name}-{suffix}", role, grants, managed_policy_arns))
    return role


def _policies(
    component: Component,
    label: str,
    role: aws.iam.Role,
    grants: Sequence[Mapping[str, Any]],
    managed: Sequence[pulumi.Input[str]],
) -> Iterator[pulumi.Output[str]]:
    if grants:
        yield aws.iam.RolePolicy(label, role=role.name, policy=document(grants), opts=component.child()).id
    for number, policy_arn in enumerate(managed):
        yield aws.iam.RolePolicyAttachment(
            f"{label}-{number}", role=role.name, policy_arn=policy_arn, opts=component.child()
        ).id


def read_objects(sid: str, *bucket_arns: pulumi.Input[str]) -> list[dict[str, Any]]:
    """Return the statements that let a role list buckets and read their objects, older versions too."""
    return [
        allow(f"{sid}List", ["s3:GetBucketLocation", "s3:ListBucket"], bucket_arns),
        allow(f"{sid}Read", ["s3:GetObject", "s3:GetObjectVersion"], [under(arn) for arn in bucket_arns]),
    ]


def write_objects(sid: str, *bucket_arns: pulumi.Input[str], prefix: str = "") -> dict[str, Any]:
    """Return the statement that lets a role add objects, never delete them; `prefix` ends with a slash."""
    actions = ["s3:PutObject", "s3:AbortMultipartUpload"]
    return allow(f"{sid}Write", actions, [under(arn, f"{prefix}*") for arn in bucket_arns])


def use_key(sid: str, *key_arns: pulumi.Input[str], via: Conditions | None = None) -> dict[str, Any]:
    """Return the statement that lets a role encrypt and decrypt with keys."""
    actions = ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
    return allow(f"{sid}Key", actions, key_arns, conditions=via)


def _trust(service: str, place: Place, source_arn: pulumi.Input[str] | None) -> pulumi.Output[str]:
    statement: dict[str, Any] = {
        "Sid": "AssumedByOneService",
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
    }
    if service not in WITHOUT_SOURCE:
        statement["Condition"] = {"StringEquals": {"aws:SourceAccount": place.account}}
        if source_arn is not None:
            statement["Condition"]["ArnLike"] = {"aws:SourceArn": source_arn}
    return document([statement])
