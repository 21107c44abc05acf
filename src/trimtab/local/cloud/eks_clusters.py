"""What moto leaves out of EKS clusters and node groups: later settings, new versions, tags of all that has them."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.eks import urls
from moto.eks.exceptions import ResourceInUseException, ResourceNotFoundException
from moto.eks.models import EKSBackend
from moto.eks.responses import EKSResponse

from trimtab.local.cloud.eks_parts import ADDON, ASSOCIATION, ENTRY, parts_of
from trimtab.local.cloud.extending import extend

if TYPE_CHECKING:
    from collections.abc import Iterator

_CREATE_CLUSTER, _CREATE_NODEGROUP = EKSResponse.create_cluster, EKSResponse.create_nodegroup
_DELETE_CLUSTER = EKSResponse.delete_cluster
_VERSION = "1.34"
_CLUSTER_SETTINGS = {
    "accessConfig": "access_config",
    "controlPlaneScalingConfig": "control_plane_scaling_config",
    "deletionProtection": "deletion_protection",
    "upgradePolicy": "upgrade_policy",
    "zonalShiftConfig": "zonal_shift_config",
}
_NODE_SETTINGS = {"updateConfig": "update_config", "nodeRepairConfig": "node_repair_config"}


def _set(target: Any, asked: dict[str, Any], settings: dict[str, str]) -> None:
    for member, attribute in settings.items():
        if asked.get(member) is not None:
            setattr(target, attribute, asked[member])


def _finished(kind: str) -> ActionResult:
    """The answer to an update: this cloud makes it at once."""
    update = {"id": str(uuid.uuid4()), "status": "Successful", "type": kind, "createdAt": utcnow(), "errors": []}
    return ActionResult({"update": update})


def _create_cluster(self: Any) -> Any:
    asked = json.loads(self.body)
    _CREATE_CLUSTER(self)
    cluster = self.eks_backend.describe_cluster(name=asked["name"])
    cluster.access_config = {"authenticationMode": "CONFIG_MAP"}
    cluster.upgrade_policy = {"supportType": "EXTENDED"}
    cluster.deletion_protection = False
    cluster.version = asked.get("version") or _VERSION
    _set(cluster, asked, _CLUSTER_SETTINGS)
    cluster.resources_vpc_config = _network(self.eks_backend, cluster.name, asked["resourcesVpcConfig"])
    cluster.kubernetes_network_config = {"ipFamily": "ipv4", **cluster.kubernetes_network_config}
    # moto gives all clusters one issuer; an account can hold an OIDC provider of one address once.
    identity = hashlib.sha256(cluster.arn.encode()).hexdigest()[:32].upper()
    issuer = f"https://oidc.eks.{self.eks_backend.region_name}.amazonaws.com/id/{identity}"
    cluster.identity = {"oidc": {"issuer": issuer}}
    return ActionResult({"cluster": cluster})


def _network(backend: Any, name: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The cluster's own security group, in the VPC of its subnets, and what EKS takes where nothing was said."""
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    subnets = [found for subnet in asked.get("subnetIds", []) if (found := ec2.get_subnet(subnet))]
    known: dict[str, Any] = {"endpointPublicAccess": True, "endpointPrivateAccess": False, "securityGroupIds": []}
    known |= asked
    known.setdefault("publicAccessCidrs", ["0.0.0.0/0"] if known["endpointPublicAccess"] else [])
    if subnets:
        vpc = subnets[0].vpc_id
        group = ec2.create_security_group(
            f"eks-cluster-sg-{name}-{uuid.uuid4().hex[:8]}", f"EKS created security group of {name}", vpc_id=vpc
        )
        known |= {"vpcId": vpc, "clusterSecurityGroupId": group.id}
    return known


def _update_config(self: Any) -> Any:
    asked = json.loads(self.body)
    cluster = self.eks_backend.describe_cluster(name=self._get_param("name"))
    _set(cluster, asked, _CLUSTER_SETTINGS)
    cluster.resources_vpc_config = {**cluster.resources_vpc_config, **(asked.get("resourcesVpcConfig") or {})}
    cluster.kubernetes_network_config |= asked.get("kubernetesNetworkConfig") or {}
    cluster.logging = asked.get("logging") or cluster.logging
    return _finished("ConfigUpdate")


def _update_version(self: Any) -> Any:
    self.eks_backend.describe_cluster(name=self._get_param("name")).version = json.loads(self.body)["version"]
    return _finished("VersionUpdate")


def _delete_cluster(self: Any) -> Any:
    """A protected cluster stays; one that goes takes its security group along."""
    cluster = self.eks_backend.describe_cluster(name=self._get_param("name"))
    if getattr(cluster, "deletion_protection", False):
        raise ResourceInUseException(message=f"Cluster {cluster.name} has deletion protection.")
    answer = _DELETE_CLUSTER(self)
    group = cluster.resources_vpc_config.get("clusterSecurityGroupId")
    if group:
        ec2_backends[self.eks_backend.account_id][self.eks_backend.region_name].delete_security_group(group_id=group)
    return answer


def _nodegroup(response: Any) -> Any:
    name, group = response._get_param("name"), response._get_param("nodegroupName")  # noqa: SLF001  # moto's only way
    return response.eks_backend.describe_nodegroup(cluster_name=name, nodegroup_name=group)


def _create_nodegroup(self: Any) -> Any:
    asked = json.loads(self.body)
    answer = _CREATE_NODEGROUP(self)
    group = self.eks_backend.describe_nodegroup(
        cluster_name=self._get_param("name"), nodegroup_name=asked["nodegroupName"]
    )
    group.update_config = {"maxUnavailable": 1}
    _set(group, asked, _NODE_SETTINGS)
    group.version = asked.get("version") or self.eks_backend.describe_cluster(name=group.cluster_name).version
    group.release_version = asked.get("releaseVersion") or f"{group.version}.0-20260101"
    if not asked.get("remoteAccess"):
        group.remote_access = None
    if asked.get("launchTemplate") and not asked.get("diskSize"):
        # Its disk is what the template says.
        group.disk_size = None
    return answer


def _update_nodegroup_version(self: Any) -> Any:
    asked, group = json.loads(self.body), _nodegroup(self)
    _set(group, asked, {"version": "version", "releaseVersion": "release_version"})
    if asked.get("launchTemplate"):
        group.launch_template = {**(group.launch_template or {}), **asked["launchTemplate"]}
    return _finished("VersionUpdate")


def _tagged(backend: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """ARN and tags of all that EKS holds."""
    for cluster in backend.clusters.values():
        yield cluster.arn, cluster.tags
        for group in (*cluster.nodegroups.values(), *cluster.fargate_profiles.values()):
            yield group.arn, group.tags
        for kind, member in ((ADDON, "addonArn"), (ENTRY, "accessEntryArn"), (ASSOCIATION, "associationArn")):
            for kept in parts_of(cluster, kind).values():
                yield kept[member], kept["tags"]


def _tags(backend: Any, arn: str) -> dict[str, str]:
    for found, tags in _tagged(backend):
        if found == arn:
            return tags
    raise ResourceNotFoundException(message=f"Resource was not found: {arn}")


def _untag(self: Any) -> Any:
    """All keys of the query; moto takes the first one only."""
    tags = _tags(self.eks_backend, self._extract_arn_from_path())
    for key in self.querystring.get("tagKeys", []):
        tags.pop(key, None)
    return EmptyResult()


def install_eks_clusters() -> None:
    """Serve these operations, at their paths."""
    base = "{0}/clusters/(?P<name>[^/]+)/"
    paths = ("updates$", "node-groups/(?P<nodegroupName>[^/]+)/update-version$")
    urls.url_paths.update({base + path: urls.response.dispatch for path in paths})
    extend(
        EKSResponse,
        {
            "create_cluster": _create_cluster,
            "update_cluster_config": _update_config,
            "update_cluster_version": _update_version,
            "delete_cluster": _delete_cluster,
            "create_nodegroup": _create_nodegroup,
            "update_nodegroup_version": _update_nodegroup_version,
            "untag_resource": _untag,
        },
    )
    extend(
        EKSBackend,
        {
            "tag_resource": lambda self, resource_arn, tags: _tags(self, resource_arn).update(tags),
            "list_tags_for_resource": _tags,
        },
    )
