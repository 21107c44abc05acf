"""What moto leaves out of ElastiCache: parameter groups, changes, and ends.

Requests and answers are those of https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.elasticache.exceptions import CacheSubnetGroupNotFound, ElastiCacheException
from moto.elasticache.models import CacheSubnetGroup, ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

from trimtab.local.cloud.extending import extend

_MODIFY_GROUP = ElastiCacheResponse.modify_replication_group
_CREATE_GROUP = ElastiCacheResponse.create_replication_group
_DELETE_GROUP = ElastiCacheBackend.delete_replication_group
_LIST_TAGS = ElastiCacheBackend.list_tags_for_resource
_DESCRIBED = {
    "EngineVersion": "engine_version",
    "PreferredMaintenanceWindow": "preferred_maintenance_window",
    "SnapshotWindow": "snapshot_window",
    "TransitEncryptionMode": "transit_encryption_mode",
}
"""Settings of a change that moto does not take."""


class ParameterGroupNotFoundError(ElastiCacheException):
    """There is none of that name."""

    code = "CacheParameterGroupNotFound"


class ParameterGroupExistsError(ElastiCacheException):
    """The name is in use."""

    code = "CacheParameterGroupAlreadyExists"


@dataclass
class _Parameters:
    members: dict[str, Any]
    values: dict[str, str] = field(default_factory=dict)


def _held(response: Any) -> dict[str, _Parameters]:
    held: dict[str, _Parameters] = response.elasticache_backend.__dict__.setdefault("trimtab_parameters", {})
    return held


def _find(response: Any, name: str) -> _Parameters:
    found = _held(response).get(name)
    if found is None:
        raise ParameterGroupNotFoundError(f"CacheParameterGroup {name} not found.")
    return found


def _create_parameters(self: Any) -> Any:
    asked, backend = dict(self.params), self.elasticache_backend
    name, tags = asked["CacheParameterGroupName"], asked.pop("Tags", None)
    if name in _held(self):
        raise ParameterGroupExistsError(f"CacheParameterGroup {name} already exists.")
    arn = f"arn:aws:elasticache:{backend.region_name}:{backend.account_id}:parametergroup:{name}"
    _held(self)[name] = _Parameters({**asked, "ARN": arn, "IsGlobal": False})
    if tags:
        backend.tagging_service.tag_resource(arn, tags)
    return ActionResult({"CacheParameterGroup": _held(self)[name].members})


def _describe_parameters(self: Any) -> Any:
    name = self.params.get("CacheParameterGroupName")
    found = [_find(self, name)] if name else list(_held(self).values())
    return ActionResult({"CacheParameterGroups": [each.members for each in found]})


def _describe_values(self: Any) -> Any:
    """Those that somebody set; what the engine's makers set is not held here."""
    found = _find(self, self.params["CacheParameterGroupName"])
    told = [{"ParameterName": key, "ParameterValue": value, "Source": "user"} for key, value in found.values.items()]
    return ActionResult({"Parameters": told})


def _modify_parameters(self: Any) -> Any:
    name = self.params["CacheParameterGroupName"]
    sent = {each["ParameterName"]: each["ParameterValue"] for each in self.params["ParameterNameValues"]}
    _find(self, name).values.update(sent)
    return ActionResult({"CacheParameterGroupName": name})


def _reset_parameters(self: Any) -> Any:
    name, found = self.params["CacheParameterGroupName"], _find(self, self.params["CacheParameterGroupName"])
    named = [each["ParameterName"] for each in self.params.get("ParameterNameValues") or []]
    for key in list(found.values) if self.params.get("ResetAllParameters") else named:
        found.values.pop(key, None)
    return ActionResult({"CacheParameterGroupName": name})


def _delete_parameters(self: Any) -> Any:
    name = self.params["CacheParameterGroupName"]
    _find(self, name)
    del _held(self)[name]
    return EmptyResult()


def _modify_subnets(self: Any) -> Any:
    backend, name = self.elasticache_backend, self.params["CacheSubnetGroupName"]
    (before,) = backend.describe_cache_subnet_groups(cache_subnet_group_name=name)
    given = self.params.get("CacheSubnetGroupDescription")
    backend.cache_subnet_groups[name] = CacheSubnetGroup(
        account_id=backend.account_id,
        region_name=backend.region_name,
        cache_subnet_group_name=name,
        cache_subnet_group_description=before.cache_subnet_group_description if given is None else given,
        subnet_ids=self.params.get("SubnetIds") or before.subnet_ids,
        tags=before.tags,
    )
    return ActionResult({"CacheSubnetGroup": backend.cache_subnet_groups[name]})


def _delete_subnets(self: Any) -> Any:
    name = self.params["CacheSubnetGroupName"]
    if self.elasticache_backend.cache_subnet_groups.pop(name, None) is None:
        raise CacheSubnetGroupNotFound(name)
    return EmptyResult()


def _modify_group(self: Any) -> Any:
    answer = _MODIFY_GROUP(self)
    (group,) = self.elasticache_backend.describe_replication_groups(self.params["ReplicationGroupId"])
    for member, attribute in _DESCRIBED.items():
        if self.params.get(member) is not None:
            setattr(group, attribute, self.params[member])
    return answer


def _create_group(self: Any) -> Any:
    """With as many nodes as were asked for; moto makes one."""
    answer = _CREATE_GROUP(self)
    (group,) = self.elasticache_backend.describe_replication_groups(self.params["ReplicationGroupId"])
    if not group.cluster_enabled:
        _resize(group, self.params.get("NumCacheClusters") or len(group.member_clusters))
    return answer


def _replicas(self: Any) -> Any:
    (group,) = self.elasticache_backend.describe_replication_groups(self.params["ReplicationGroupId"])
    _resize(group, self.params["NewReplicaCount"] + 1)
    return ActionResult({"ReplicationGroup": group})


def _resize(group: Any, nodes: int) -> None:
    """Give the group's one shard its nodes: a primary, and replicas of it."""
    names = [f"{group.replication_group_id}-{number + 1:03}" for number in range(nodes)]
    group.member_clusters[:] = names
    (shard,) = group.node_groups
    first = shard["node_group_members"][0]
    domain = first["read_endpoint"]["address"].partition(".")[2]
    shard["node_group_members"] = [
        {
            **first,
            "cache_cluster_id": name,
            "current_role": "primary" if name == names[0] else "replica",
            "read_endpoint": {"address": f"{name}.{domain}", "port": group.port},
        }
        for name in names
    ]


def _delete_group(self: Any, replication_group_id: str, retain_primary_cluster: bool | None) -> Any:
    """It goes; moto keeps it as one that is being deleted for ever."""
    group = _DELETE_GROUP(self, replication_group_id, retain_primary_cluster)
    del self.replication_groups[replication_group_id]
    return group


def _list_tags(self: Any, arn: str) -> Any:
    """Moto knows no ARN of a parameter group."""
    if ":parametergroup:" in arn:
        return self.tagging_service.list_tags_for_resource(arn)
    return _LIST_TAGS(self, arn)


def install_elasticache() -> None:
    """Serve these operations."""
    extend(
        ElastiCacheResponse,
        {
            "create_cache_parameter_group": _create_parameters,
            "create_replication_group": _create_group,
            "decrease_replica_count": _replicas,
            "delete_cache_parameter_group": _delete_parameters,
            "delete_cache_subnet_group": _delete_subnets,
            "describe_cache_parameter_groups": _describe_parameters,
            "describe_cache_parameters": _describe_values,
            "increase_replica_count": _replicas,
            "modify_cache_parameter_group": _modify_parameters,
            "modify_cache_subnet_group": _modify_subnets,
            "modify_replication_group": _modify_group,
            "reset_cache_parameter_group": _reset_parameters,
        },
    )
    extend(ElastiCacheBackend, {"delete_replication_group": _delete_group, "list_tags_for_resource": _list_tags})
