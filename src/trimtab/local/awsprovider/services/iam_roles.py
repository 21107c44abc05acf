"""IAM roles, with the policies that a role may carry in itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from typing import Any

    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _policies(ctx: Context, role: str, inputs: Props) -> None:
    """Give a role the policies written in it, and take away those no longer written."""
    iam = ctx.client("iam")
    if "managedPolicyArns" in inputs:
        wanted = set(inputs["managedPolicyArns"])
        has = _attached(ctx, role)
        for arn in wanted - has:
            iam.attach_role_policy(RoleName=role, PolicyArn=arn)
        for arn in has - wanted:
            iam.detach_role_policy(RoleName=role, PolicyArn=arn)
    for inline in inputs.get("inlinePolicies") or []:
        if inline.get("name"):
            iam.put_role_policy(RoleName=role, PolicyName=inline["name"], PolicyDocument=inline["policy"])


def _attached(ctx: Context, role: str) -> set[str]:
    pages = ctx.client("iam").get_paginator("list_attached_role_policies").paginate(RoleName=role)
    return {policy["PolicyArn"] for page in pages for policy in page["AttachedPolicies"]}


def _complete(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    props["assumeRolePolicy"] = json.dumps(answer["AssumeRolePolicyDocument"])
    props["managedPolicyArns"] = sorted(_attached(ctx, answer["RoleName"]))
    boundary = answer.get("PermissionsBoundary") or {}
    props["permissionsBoundary"] = boundary.get("PermissionsBoundaryArn")


def _update(ctx: Context, role: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _CALLS.do_update(ctx, role, state, inputs, changed)
    iam = ctx.client("iam")
    if "permissionsBoundary" in changed:
        if inputs.get("permissionsBoundary"):
            iam.put_role_permissions_boundary(RoleName=role, PermissionsBoundary=inputs["permissionsBoundary"])
        else:
            iam.delete_role_permissions_boundary(RoleName=role)
    if "inlinePolicies" in changed:
        written = {inline.get("name") for inline in inputs.get("inlinePolicies") or []}
        for inline in state.get("inlinePolicies") or []:
            if inline.get("name") and inline["name"] not in written:
                iam.delete_role_policy(RoleName=role, PolicyName=inline["name"])
    _policies(ctx, role, inputs)


def _delete(ctx: Context, role: str, state: Props) -> None:
    """Policies written in the role go with it; those attached elsewhere must be gone, or be forced."""
    iam = ctx.client("iam")
    inline = {each.get("name") for each in state.get("inlinePolicies") or []}
    if state.get("forceDetachPolicies"):
        inline |= set(iam.list_role_policies(RoleName=role)["PolicyNames"])
    for name in inline - {None}:
        iam.delete_role_policy(RoleName=role, PolicyName=name)
    for arn in _attached(ctx, role):
        iam.detach_role_policy(RoleName=role, PolicyArn=arn)
    iam.delete_role(RoleName=role)


_CALLS = Api(
    service="iam",
    create="create_role",
    read="get_role",
    read_by={"RoleName": "{id}"},
    root="Role",
    update=(
        step("update_role", {"RoleName": "{id}"}, when={"description", "maxSessionDuration"}),
        step(
            "update_assume_role_policy",
            {"RoleName": "{id}", "PolicyDocument": "{assumeRolePolicy}"},
            when={"assumeRolePolicy"},
        ),
    ),
    delete="delete_role",
    rename={"RoleName": "name", "AssumeRolePolicyDocument": "assumeRolePolicy", "RoleId": "uniqueId"},
    tagging=Tagging("tag_role", "untag_role", "RoleName", "id", list="list_role_tags"),
    after=_policies,
    complete=_complete,
)
_API = api(_CALLS, replace=("path",))
ROLE = Resource(create=_API.create, read=_API.read, update=_update, delete=_delete, replace=frozenset({"path"}))
