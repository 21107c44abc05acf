"""What belongs to an EKS cluster: add-ons, access entries and their policies, pod identity associations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _tagging(arn: str) -> Tagging:
    return Tagging("tag_resource", "untag_resource", "resourceArn", arn, keys="tagKeys", at="tags")


def _pairs(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    """An add-on tells the ARNs of its associations; what they tie is said by each."""
    eks, cluster = ctx.client("eks"), answer["clusterName"]
    pairs = []
    for arn in answer.get("podIdentityAssociations") or []:
        asked = {"clusterName": cluster, "associationId": arn.rsplit("/", 1)[-1]}
        found = eks.describe_pod_identity_association(**asked)["association"]
        pairs.append({"roleArn": found["roleArn"], "serviceAccount": found["serviceAccount"]})
    props["podIdentityAssociations"] = pairs or None


def _conflicts(name: str) -> Any:
    def adjust(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
        if inputs.get(name):
            params["resolveConflicts"] = inputs[name]

    return adjust


_ADDON_BY = {"clusterName": "{clusterName}", "addonName": "{addonName}"}
_ADDON = Api(
    service="eks",
    create="create_addon",
    id="{clusterName}:{addonName}",
    read="describe_addon",
    read_by=_ADDON_BY,
    root="addon",
    update=(step("update_addon", _ADDON_BY, adjust=_conflicts("resolveConflictsOnUpdate")),),
    delete="delete_addon",
    rename={"addonArn": "arn", "resolveConflicts": ""},
    tagging=_tagging("arn"),
    adjust=_conflicts("resolveConflictsOnCreate"),
    complete=_pairs,
)

_ENTRY_BY = {"clusterName": "{clusterName}", "principalArn": "{principalArn}"}
_ENTRY = Api(
    service="eks",
    create="create_access_entry",
    id="{clusterName}:{principalArn}",
    read="describe_access_entry",
    read_by=_ENTRY_BY,
    root="accessEntry",
    update=(step("update_access_entry", _ENTRY_BY),),
    delete="delete_access_entry",
    rename={"username": "userName"},
    tagging=_tagging("accessEntryArn"),
)

_ASSOCIATION = Api(
    service="eks",
    create="create_pod_identity_association",
    id_from="association.associationId",
    read="describe_pod_identity_association",
    read_by={"clusterName": "{clusterName}", "associationId": "{id}"},
    root="association",
    update=(step("update_pod_identity_association", {"clusterName": "{clusterName}", "associationId": "{id}"}),),
    delete="delete_pod_identity_association",
    tagging=_tagging("associationArn"),
)


def _grant(ctx: Context, inputs: Props) -> str:
    scope = {key: value for key, value in inputs["accessScope"].items() if value}
    ctx.client("eks").associate_access_policy(
        clusterName=inputs["clusterName"],
        principalArn=inputs["principalArn"],
        policyArn=inputs["policyArn"],
        accessScope=scope,
    )
    return f"{inputs['clusterName']}#{inputs['principalArn']}#{inputs['policyArn']}"


def _read_grant(ctx: Context, grant_id: str, _state: Props) -> Props | None:
    cluster, principal, policy = grant_id.split("#")
    asked = {"clusterName": cluster, "principalArn": principal}
    listed = ctx.client("eks").list_associated_access_policies(**asked)["associatedAccessPolicies"]
    found = next((each for each in listed if each["policyArn"] == policy), None)
    if found is None:
        return None
    return {
        **asked,
        "policyArn": policy,
        "accessScope": found["accessScope"],
        "associatedAt": found["associatedAt"].isoformat(),
        "modifiedAt": found["modifiedAt"].isoformat(),
        "region": ctx.region,
    }


def _revoke(ctx: Context, grant_id: str, _state: Props) -> None:
    cluster, principal, policy = grant_id.split("#")
    ctx.client("eks").disassociate_access_policy(clusterName=cluster, principalArn=principal, policyArn=policy)


EKS_PARTS: dict[str, Resource] = {
    "aws:eks/accessEntry:AccessEntry": api(
        _ENTRY, replace=("clusterName", "principalArn", "type"), moving=("modifiedAt",)
    ),
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": Resource(
        create=_grant, read=_read_grant, update=None, delete=_revoke, replace=frozenset({"*"})
    ),
    "aws:eks/addon:Addon": api(_ADDON, replace=("addonName", "clusterName"), moving=("modifiedAt",)),
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": api(
        _ASSOCIATION, replace=("clusterName", "namespace", "serviceAccount")
    ),
}
