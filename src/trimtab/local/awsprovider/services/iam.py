"""IAM roles, policies, attachments and instance profiles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from trimtab.local.awsprovider.api import Api, api
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.services.iam_oidc import OIDC
from trimtab.local.awsprovider.services.iam_roles import ROLE
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from typing import Any

    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _document(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    """A policy's text lies in its default version."""
    version = ctx.client("iam").get_policy_version(PolicyArn=answer["Arn"], VersionId=answer["DefaultVersionId"])
    props["policy"] = json.dumps(version["PolicyVersion"]["Document"])


def _update_policy(ctx: Context, policy_id: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    """A new default version; IAM keeps five, so the oldest goes first."""
    iam = ctx.client("iam")
    if "policy" in changed:
        versions = iam.list_policy_versions(PolicyArn=policy_id)["Versions"]
        idle = sorted((v for v in versions if not v["IsDefaultVersion"]), key=lambda v: v["CreateDate"])
        if len(versions) >= _VERSIONS:
            iam.delete_policy_version(PolicyArn=policy_id, VersionId=idle[0]["VersionId"])
        iam.create_policy_version(PolicyArn=policy_id, PolicyDocument=inputs["policy"], SetAsDefault=True)
    _POLICY_TAGS.change(ctx, "iam", policy_id, state=state, inputs=inputs)


def _delete_policy(ctx: Context, policy_id: str, _state: Props) -> None:
    iam = ctx.client("iam")
    for version in iam.list_policy_versions(PolicyArn=policy_id)["Versions"]:
        if not version["IsDefaultVersion"]:
            iam.delete_policy_version(PolicyArn=policy_id, VersionId=version["VersionId"])
    iam.delete_policy(PolicyArn=policy_id)


_VERSIONS = 5
_POLICY_TAGS = Tagging("tag_policy", "untag_policy", "PolicyArn", list="list_policy_tags")
_POLICY = Api(
    service="iam",
    create="create_policy",
    id_from="Policy.Arn",
    read="get_policy",
    read_by={"PolicyArn": "{id}"},
    root="Policy",
    delete="delete_policy",
    rename={"PolicyName": "name", "PolicyDocument": "policy"},
    tagging=_POLICY_TAGS,
    complete=_document,
)
_POLICY_CALLS = api(_POLICY)


def _put_inline(ctx: Context, inputs: Props) -> str:
    ctx.client("iam").put_role_policy(
        RoleName=inputs["role"], PolicyName=inputs["name"], PolicyDocument=inputs["policy"]
    )
    return f"{inputs['role']}:{inputs['name']}"


def _read_inline(ctx: Context, inline_id: str, _state: Props) -> Props:
    role, _, name = inline_id.partition(":")
    answer = ctx.client("iam").get_role_policy(RoleName=role, PolicyName=name)
    return {"role": role, "name": name, "policy": json.dumps(answer["PolicyDocument"])}


def _update_inline(ctx: Context, _id: str, _state: Props, inputs: Props, _changed: frozenset[str]) -> None:
    _put_inline(ctx, inputs)


def _delete_inline(ctx: Context, inline_id: str, _state: Props) -> None:
    role, _, name = inline_id.partition(":")
    ctx.client("iam").delete_role_policy(RoleName=role, PolicyName=name)


def _attach(ctx: Context, inputs: Props) -> str:
    role = inputs["role"].rsplit("/", 1)[-1]
    ctx.client("iam").attach_role_policy(RoleName=role, PolicyArn=inputs["policyArn"])
    return f"{role}/{inputs['policyArn']}"


def _read_attachment(ctx: Context, attachment_id: str, _state: Props) -> Props | None:
    role, _, arn = attachment_id.partition("/")
    pages = ctx.client("iam").get_paginator("list_attached_role_policies").paginate(RoleName=role)
    attached = {policy["PolicyArn"] for page in pages for policy in page["AttachedPolicies"]}
    return {"role": role, "policyArn": arn} if arn in attached else None


def _detach(ctx: Context, attachment_id: str, _state: Props) -> None:
    role, _, arn = attachment_id.partition("/")
    ctx.client("iam").detach_role_policy(RoleName=role, PolicyArn=arn)


def _profile_role(ctx: Context, profile: str, inputs: Props) -> None:
    if inputs.get("role"):
        ctx.client("iam").add_role_to_instance_profile(InstanceProfileName=profile, RoleName=inputs["role"])


def _read_profile_role(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    props["role"] = next((role["RoleName"] for role in answer.get("Roles", [])), None)


def _update_profile(ctx: Context, profile: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    if "role" in changed:
        _empty_profile(ctx, profile)
        _profile_role(ctx, profile, inputs)
    _PROFILE_TAGS.change(ctx, "iam", profile, state=state, inputs=inputs)


def _empty_profile(ctx: Context, profile: str) -> None:
    iam = ctx.client("iam")
    for role in iam.get_instance_profile(InstanceProfileName=profile)["InstanceProfile"]["Roles"]:
        iam.remove_role_from_instance_profile(InstanceProfileName=profile, RoleName=role["RoleName"])


def _delete_profile(ctx: Context, profile: str, _state: Props) -> None:
    _empty_profile(ctx, profile)
    ctx.client("iam").delete_instance_profile(InstanceProfileName=profile)


_PROFILE_TAGS = Tagging("tag_instance_profile", "untag_instance_profile", "InstanceProfileName", "id", at="Tags")
_PROFILE = api(
    Api(
        service="iam",
        create="create_instance_profile",
        read="get_instance_profile",
        read_by={"InstanceProfileName": "{id}"},
        root="InstanceProfile",
        delete="delete_instance_profile",
        rename={"InstanceProfileName": "name", "InstanceProfileId": "uniqueId"},
        tagging=_PROFILE_TAGS,
        after=_profile_role,
        complete=_read_profile_role,
    )
)

IAM: dict[str, Resource] = {
    **OIDC,
    "aws:iam/role:Role": ROLE,
    "aws:iam/policy:Policy": Resource(
        create=_POLICY_CALLS.create,
        read=_POLICY_CALLS.read,
        update=_update_policy,
        delete=_delete_policy,
        replace=frozenset({"description", "path"}),
    ),
    "aws:iam/rolePolicy:RolePolicy": Resource(
        create=_put_inline,
        read=_read_inline,
        update=_update_inline,
        delete=_delete_inline,
        replace=frozenset({"role"}),
    ),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": Resource(
        create=_attach, read=_read_attachment, update=None, delete=_detach, replace=frozenset({"*"})
    ),
    "aws:iam/instanceProfile:InstanceProfile": Resource(
        create=_PROFILE.create,
        read=_PROFILE.read,
        update=_update_profile,
        delete=_delete_profile,
        replace=frozenset({"path"}),
    ),
}
