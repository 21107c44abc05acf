"""A model package group, and who may approve or delete its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from trimtab.components.statements import allow, deny, document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.spec.model_registry import ModelGroup

_READ_GROUP = ("sagemaker:DescribeModelPackageGroup",)
_USE_VERSION = (
    "sagemaker:DescribeModelPackage",
    "sagemaker:ListModelPackages",
    "sagemaker:UpdateModelPackage",
    "sagemaker:CreateModel",
)
_EVERYONE = {"AWS": "*"}


def model_group(
    component: Component, spec: ModelGroup, place: Place, approvers: Sequence[pulumi.Input[str]]
) -> aws.sagemaker.ModelPackageGroup:
    """Return the group of one model's versions.

    Args:
        component: the owner.
        spec: the group's declaration.
        place: where the component lives.
        approvers: who may approve a version, as ARNs; empty: whoever IAM allows to.
    """
    owner = spec.owner or component.owner
    group = aws.sagemaker.ModelPackageGroup(
        f"{component.name}-{spec.name}",
        model_package_group_name=f"{component.context.prefix}-{spec.name}",
        model_package_group_description=spec.description,
        tags={**component.tags(model=spec.name), **owner.tags()},
        opts=component.stateful(),
    )
    versions = place.arn("sagemaker", pulumi.Output.concat("model-package/", group.model_package_group_name, "/*"))
    root = {"AWS": place.arn("iam", "root", regional=False)}
    statements = [
        allow("AccountReadsTheGroup", _READ_GROUP, [group.arn], principal=root),
        allow("AccountUsesVersions", _USE_VERSION, [versions], principal=root),
        *_guards(component, group.arn, versions, approvers),
    ]
    aws.sagemaker.ModelPackageGroupPolicy(
        f"{component.name}-{spec.name}-policy",
        model_package_group_name=group.model_package_group_name,
        resource_policy=document(statements),
        opts=component.child(),
    )
    return group


def _guards(
    component: Component,
    group_arn: pulumi.Output[str],
    versions: pulumi.Output[str],
    approvers: Sequence[pulumi.Input[str]],
) -> list[dict[str, Any]]:
    guards = []
    if approvers:
        conditions: dict[str, dict[str, Any]] = {
            "StringEquals": {"sagemaker:ModelApprovalStatus": "Approved"},
            "ArnNotLike": {"aws:PrincipalArn": list(approvers)},
        }
        approve = ["sagemaker:CreateModelPackage", "sagemaker:UpdateModelPackage"]
        guards.append(deny("ApprovedByApproversOnly", approve, [versions], principal=_EVERYONE, conditions=conditions))
    if component.context.is_production:
        delete = ["sagemaker:DeleteModelPackage", "sagemaker:DeleteModelPackageGroup"]
        guards.append(deny("VersionsAreEvidence", delete, [group_arn, versions], principal=_EVERYONE))
    return guards
