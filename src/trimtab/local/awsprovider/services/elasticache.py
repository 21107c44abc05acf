"""ElastiCache replication groups, with their subnet and parameter groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.services.database_parts import TAGS, WITHOUT_DESCRIPTION, complete_subnets

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _at_once(_ctx: Context, _inputs: Props, params: dict[str, Any]) -> None:
    params["ApplyImmediately"] = True
    # How a new token takes the old one's place is said with a token alone.
    if "AuthToken" not in params:
        params.pop("AuthTokenUpdateStrategy", None)


def _complete_group(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    nodes = answer["NodeGroups"][0]
    cluster = answer.get("ConfigurationEndpoint") or {}
    primary, reader = nodes.get("PrimaryEndpoint") or {}, nodes.get("ReaderEndpoint") or {}
    props |= {
        "automaticFailoverEnabled": answer["AutomaticFailover"] == "enabled",
        "multiAzEnabled": answer["MultiAZ"] == "enabled",
        "numCacheClusters": len(answer["MemberClusters"]),
        "numNodeGroups": len(answer["NodeGroups"]),
        "port": primary.get("Port") or cluster.get("Port"),
        "primaryEndpointAddress": primary.get("Address"),
        "readerEndpointAddress": reader.get("Address") or primary.get("Address", "").replace("master.", "replica.", 1),
        "configurationEndpointAddress": cluster.get("Address"),
    }


_GROUP = Api(
    service="elasticache",
    create="create_replication_group",
    id="{replicationGroupId}",
    read="describe_replication_groups",
    read_by={"ReplicationGroupId": "{id}"},
    root="ReplicationGroups[0]",
    update=(step("modify_replication_group", {"ReplicationGroupId": "{id}"}, adjust=_at_once),),
    delete="delete_replication_group",
    rename={
        "ARN": "arn",
        "CacheNodeType": "nodeType",
        "CacheParameterGroupName": "parameterGroupName",
        "CacheSubnetGroupName": "subnetGroupName",
        "MultiAZEnabled": "multiAzEnabled",
        "NodeGroupConfiguration": "nodeGroupConfigurations",
        "PreferredCacheClusterAZs": "preferredCacheClusterAzs",
        "PreferredMaintenanceWindow": "maintenanceWindow",
        "ReplicationGroupDescription": "description",
    },
    tagging=TAGS,
    complete=_complete_group,
)
_GROUP_CALLS = api(_GROUP)


def _update_group(ctx: Context, group: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _GROUP.do_update(ctx, group, state, inputs, changed)
    old, new = state.get("numCacheClusters"), inputs.get("numCacheClusters")
    if "numCacheClusters" in changed and new and new != old:
        client = ctx.client("elasticache")
        change = client.increase_replica_count if new > (old or 1) else client.decrease_replica_count
        change(ReplicationGroupId=group, NewReplicaCount=new - 1, ApplyImmediately=True)


def _delete_group(ctx: Context, group: str, state: Props) -> None:
    final = state.get("finalSnapshotIdentifier")
    asked = {"FinalSnapshotIdentifier": final} if final else {}
    ctx.client("elasticache").delete_replication_group(ReplicationGroupId=group, **asked)


_SUBNETS = Api(
    service="elasticache",
    create="create_cache_subnet_group",
    read="describe_cache_subnet_groups",
    read_by={"CacheSubnetGroupName": "{id}"},
    root="CacheSubnetGroups[0]",
    update=(step("modify_cache_subnet_group", {"CacheSubnetGroupName": "{id}"}),),
    delete="delete_cache_subnet_group",
    rename={"ARN": "arn", "CacheSubnetGroupDescription": "description", "CacheSubnetGroupName": "name"},
    tagging=TAGS,
    adjust=lambda _ctx, _inputs, params: params.setdefault("CacheSubnetGroupDescription", WITHOUT_DESCRIPTION),
    complete=complete_subnets,
)


def _set_parameters(ctx: Context, group: str, inputs: Props) -> None:
    sent = [{"ParameterName": each["name"], "ParameterValue": each["value"]} for each in inputs.get("parameters") or []]
    if sent:
        client = ctx.client("elasticache")
        client.modify_cache_parameter_group(CacheParameterGroupName=group, ParameterNameValues=sent)


def _read_parameters(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    """Those that somebody set."""
    asked = {"CacheParameterGroupName": answer["CacheParameterGroupName"], "Source": "user"}
    found = ctx.client("elasticache").describe_cache_parameters(**asked)["Parameters"]
    told = [{"name": each["ParameterName"], "value": each["ParameterValue"]} for each in found]
    props["parameters"] = told or None


def _update_parameters(ctx: Context, group: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    now = {each["name"] for each in inputs.get("parameters") or []}
    gone = [each for each in state.get("parameters") or [] if each["name"] not in now]
    if gone:
        sent = [{"ParameterName": each["name"], "ParameterValue": each["value"]} for each in gone]
        client = ctx.client("elasticache")
        client.reset_cache_parameter_group(CacheParameterGroupName=group, ParameterNameValues=sent)
    _set_parameters(ctx, group, inputs)
    _PARAMETERS.do_update(ctx, group, state, inputs, changed)


_PARAMETERS = Api(
    service="elasticache",
    create="create_cache_parameter_group",
    read="describe_cache_parameter_groups",
    read_by={"CacheParameterGroupName": "{id}"},
    root="CacheParameterGroups[0]",
    delete="delete_cache_parameter_group",
    rename={"ARN": "arn", "CacheParameterGroupFamily": "family", "CacheParameterGroupName": "name"},
    tagging=TAGS,
    adjust=lambda _ctx, _inputs, params: params.setdefault("Description", WITHOUT_DESCRIPTION),
    after=_set_parameters,
    complete=_read_parameters,
)
_PARAMETER_CALLS = api(_PARAMETERS)

ELASTICACHE: dict[str, Resource] = {
    "aws:elasticache/parameterGroup:ParameterGroup": Resource(
        create=_PARAMETER_CALLS.create,
        read=_PARAMETER_CALLS.read,
        update=_update_parameters,
        delete=_PARAMETER_CALLS.delete,
        replace=frozenset({"description", "family"}),
    ),
    "aws:elasticache/replicationGroup:ReplicationGroup": Resource(
        create=_GROUP_CALLS.create,
        read=_GROUP_CALLS.read,
        update=_update_group,
        delete=_delete_group,
        replace=frozenset(
            {"atRestEncryptionEnabled", "kmsKeyId", "port", "replicationGroupId", "snapshotName", "subnetGroupName"}
        ),
        moving=frozenset({"memberClusters"}),
    ),
    "aws:elasticache/subnetGroup:SubnetGroup": api(_SUBNETS),
}
