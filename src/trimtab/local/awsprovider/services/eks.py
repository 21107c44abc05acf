"""EKS clusters and managed node groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.convert import to_aws
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.services.eks_parts import EKS_PARTS
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.api import Adjust
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_TAGS = Tagging("tag_resource", "untag_resource", "resourceArn", keys="tagKeys", at="tags")
_LOG_TYPES = ("api", "audit", "authenticator", "controllerManager", "scheduler")


def _logging(inputs: Props) -> dict[str, Any]:
    wanted = inputs.get("enabledClusterLogTypes") or []
    others = [each for each in _LOG_TYPES if each not in wanted]
    groups = ({"types": wanted, "enabled": True}, {"types": others, "enabled": False})
    return {"clusterLogging": [group for group in groups if group["types"]]}


def _new_cluster(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    if inputs.get("enabledClusterLogTypes"):
        params["logging"] = _logging(inputs)


def _only(*members: str) -> Adjust:
    """EKS takes one kind of change in a call."""

    def adjust(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
        if "logging" in members:
            params["logging"] = _logging(inputs)
        # What a cluster is made with cannot be sent again.
        params.get("accessConfig", {}).pop("bootstrapClusterCreatorAdminPermissions", None)
        for member in params.keys() - {"name", *members}:
            del params[member]

    return adjust


def _logs(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    groups = (answer.get("logging") or {}).get("clusterLogging", [])
    props["enabledClusterLogTypes"] = sorted({each for group in groups if group["enabled"] for each in group["types"]})


_CHANGES = {
    "accessConfig": "accessConfig",
    "deletionProtection": "deletionProtection",
    "enabledClusterLogTypes": "logging",
    "upgradePolicy": "upgradePolicy",
    "vpcConfig": "resourcesVpcConfig",
    "zonalShiftConfig": "zonalShiftConfig",
}
"""By property, the member of an update."""

_CLUSTER = Api(
    service="eks",
    create="create_cluster",
    read="describe_cluster",
    read_by={"name": "{id}"},
    root="cluster",
    update=(
        *(
            step("update_cluster_config", {"name": "{id}"}, when={name}, adjust=_only(member))
            for name, member in _CHANGES.items()
        ),
        step("update_cluster_version", {"name": "{id}"}, when={"version"}),
    ),
    delete="delete_cluster",
    rename={"resourcesVpcConfig": "vpcConfig", "id": ""},
    tagging=_TAGS,
    adjust=_new_cluster,
    complete=_logs,
)

_GROUP_BY = {"clusterName": "{clusterName}", "nodegroupName": "{nodeGroupName}"}
_GROUP = Api(
    service="eks",
    create="create_nodegroup",
    id="{clusterName}:{nodeGroupName}",
    read="describe_nodegroup",
    read_by=_GROUP_BY,
    root="nodegroup",
    update=(
        step(
            "update_nodegroup_version",
            _GROUP_BY,
            when={"version", "releaseVersion", "launchTemplate"},
            adjust=lambda _ctx, inputs, params: params.update(force=bool(inputs.get("forceUpdateVersion"))),
        ),
    ),
    delete="delete_nodegroup",
    rename={
        "nodegroupName": "nodeGroupName",
        "nodegroupArn": "arn",
        "nodeRole": "nodeRoleArn",
        "subnets": "subnetIds",
        "remoteAccess.sourceSecurityGroups": "sourceSecurityGroupIds",
        "resources.remoteAccessSecurityGroup": "remoteAccessSecurityGroupId",
    },
    tagging=_TAGS,
    adjust=lambda _ctx, _inputs, params: params.update(taints=_taints(params.get("taints"))),
    complete=lambda _ctx, _answer, props: props.update(taints=_named(props.get("taints"))),
)
_GROUP_CALLS = api(_GROUP)
_PLAIN = frozenset({"nodeRepairConfig", "scalingConfig", "updateConfig"})
_CONFIG = _PLAIN | {"labels", "taints"}


def _update_group(ctx: Context, group: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _GROUP.do_update(ctx, group, state, inputs, changed)
    if not changed & _CONFIG:
        return
    eks = ctx.client("eks")
    shape = eks.meta.service_model.operation_model("UpdateNodegroupConfig").input_shape
    plain: Props = {
        key: inputs.get(key) for key in ("nodeRepairConfig", "scalingConfig", "updateConfig") if key in changed
    }
    asked = to_aws(shape, plain, {"labels": "", "taints": ""})
    if "labels" in changed:
        old, new = state.get("labels") or {}, inputs.get("labels") or {}
        asked["labels"] = {"addOrUpdateLabels": new, "removeLabels": [key for key in old if key not in new]}
    if "taints" in changed:
        before, now = _taints(state.get("taints")), _taints(inputs.get("taints"))
        asked["taints"] = {"addOrUpdateTaints": now, "removeTaints": [each for each in before if each not in now]}
    eks.update_nodegroup_config(clusterName=inputs["clusterName"], nodegroupName=inputs["nodeGroupName"], **asked)


def _taints(taints: list[Props] | None) -> list[dict[str, str]]:
    """EKS's own form of them, without a value that is none."""
    return [{key: value for key, value in taint.items() if value is not None} for taint in taints or []]


def _named(taints: list[Props] | None) -> list[Props] | None:
    return taints or None


EKS: dict[str, Resource] = {
    **EKS_PARTS,
    "aws:eks/cluster:Cluster": api(
        _CLUSTER,
        replace=(
            "accessConfig.bootstrapClusterCreatorAdminPermissions",
            "bootstrapSelfManagedAddons",
            "encryptionConfig",
            "kubernetesNetworkConfig.ipFamily",
            "kubernetesNetworkConfig.serviceIpv4Cidr",
            "outpostConfig",
            "roleArn",
        ),
    ),
    "aws:eks/nodeGroup:NodeGroup": Resource(
        create=_GROUP_CALLS.create,
        read=_GROUP_CALLS.read,
        update=_update_group,
        delete=_GROUP_CALLS.delete,
        replace=frozenset(
            {
                "amiType",
                "capacityType",
                "clusterName",
                "diskSize",
                "instanceTypes",
                "nodeRoleArn",
                "remoteAccess",
                "subnetIds",
            }
        ),
    ),
}
