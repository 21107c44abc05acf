"""EKS: a cluster, its nodes, its add-ons, and who may do what in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.local.awsprovider.cases.identity import KEY, ROLE
from tests.local.awsprovider.cases.port import Case, World, fixed

if TYPE_CHECKING:
    from trimtab.local.awsprovider.values import Props

CLUSTER = "aws:eks/cluster:Cluster"
SUBNET = "aws:ec2/subnet:Subnet"
ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy"


def _cluster(world: World) -> Props:
    return {
        "roleArn": world.arn(ROLE),
        "version": "1.33",
        "vpcConfig": {"subnetIds": [world.id(SUBNET)], "endpointPrivateAccess": True, "endpointPublicAccess": False},
        "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False},
        "encryptionConfig": {"provider": {"keyArn": world.arn(KEY)}, "resources": ["secrets"]},
        "enabledClusterLogTypes": ["api", "audit"],
        "bootstrapSelfManagedAddons": False,
        "deletionProtection": False,
        "tags": {"team": "ml"},
    }


def _close(world: World, cluster: str, _outputs: Props) -> None:
    world.boto("eks").update_cluster_config(name=cluster, resourcesVpcConfig={"endpointPublicAccess": False})


def _nodes(world: World) -> Props:
    return {
        "clusterName": world.id(CLUSTER),
        "nodeRoleArn": world.arn(ROLE),
        "subnetIds": [world.id(SUBNET)],
        "instanceTypes": ["m7i.large"],
        "amiType": "AL2023_x86_64_STANDARD",
        "capacityType": "SPOT",
        "scalingConfig": {"desiredSize": 2, "minSize": 1, "maxSize": 3},
        "updateConfig": {"maxUnavailable": 1},
        "labels": {"pool": "system"},
        "taints": [{"key": "system", "value": "true", "effect": "NO_SCHEDULE"}],
        "tags": {"team": "ml"},
    }


def _grow(world: World, _id: str, outputs: Props) -> None:
    world.boto("eks").update_nodegroup_config(
        clusterName=outputs["clusterName"],
        nodegroupName=outputs["nodeGroupName"],
        scalingConfig={"desiredSize": 3, "minSize": 1, "maxSize": 9},
    )


def _addon(world: World) -> Props:
    return {
        "clusterName": world.id(CLUSTER),
        "addonName": "vpc-cni",
        "addonVersion": "v1.20.4-eksbuild.1",
        "configurationValues": '{"enableNetworkPolicy": "true"}',
        "podIdentityAssociations": [{"roleArn": world.arn(ROLE), "serviceAccount": "aws-node"}],
        "resolveConflictsOnCreate": "OVERWRITE",
        "tags": {"team": "ml"},
    }


def _entry(world: World, user: str = "arn:aws:iam::123456789012:role/teams/engineer") -> Props:
    groups = {"kubernetesGroups": ["engineers"], "type": "STANDARD", "tags": {"team": "ml"}}
    return {"clusterName": world.id(CLUSTER), "principalArn": user, **groups}


def _grant(world: World) -> Props:
    """A policy of an entry that no other case makes or ends."""
    eks, cluster, principal = world.boto("eks"), world.id(CLUSTER), "arn:aws:iam::123456789012:role/granted"
    if principal not in eks.list_access_entries(clusterName=cluster)["accessEntries"]:
        eks.create_access_entry(clusterName=cluster, principalArn=principal)
    scope = {"type": "namespace", "namespaces": ["team-a"]}
    return {"clusterName": cluster, "principalArn": principal, "policyArn": ADMIN, "accessScope": scope}


def _identity(world: World) -> Props:
    return {
        "clusterName": world.id(CLUSTER),
        "namespace": "mlflow",
        "serviceAccount": "server",
        "roleArn": world.arn(ROLE),
        "tags": {"team": "ml"},
    }


EKS: dict[str, Case] = {
    CLUSTER: Case(
        inputs=_cluster,
        update=lambda w: {
            "version": "1.34",
            "enabledClusterLogTypes": ["api", "audit", "authenticator"],
            "vpcConfig": {
                **_cluster(w)["vpcConfig"],
                "endpointPublicAccess": True,
                "publicAccessCidrs": ["10.0.0.0/8"],
            },
            "tags": {"team": "risk", "cost": "1"},
        },
        replace=fixed(roleArn="arn:aws:iam::123456789012:role/other"),
        behind=_close,
        seen="vpcConfig",
    ),
    "aws:eks/nodeGroup:NodeGroup": Case(
        inputs=_nodes,
        update=fixed(
            scalingConfig={"desiredSize": 3, "minSize": 1, "maxSize": 6},
            labels={"pool": "core", "tier": "1"},
            taints=[{"key": "core", "value": "true", "effect": "NO_EXECUTE"}],
            tags={"team": "risk"},
        ),
        replace=fixed(instanceTypes=["m7i.xlarge"]),
        behind=_grow,
        seen="scalingConfig",
    ),
    "aws:eks/addon:Addon": Case(
        inputs=_addon,
        update=lambda w: {
            "addonVersion": "v1.21.0-eksbuild.1",
            "podIdentityAssociations": [{"roleArn": w.arn(ROLE), "serviceAccount": "other-node"}],
            "tags": {"team": "risk"},
        },
        replace=fixed(addonName="coredns"),
        behind=lambda w, _i, o: w.boto("eks").update_addon(
            clusterName=o["clusterName"], addonName=o["addonName"], configurationValues="{}"
        ),
        seen="configurationValues",
    ),
    "aws:eks/accessEntry:AccessEntry": Case(
        inputs=_entry,
        update=fixed(kubernetesGroups=["engineers", "viewers"], tags={"team": "risk"}),
        replace=lambda w: _entry(w, "arn:aws:iam::123456789012:role/other"),
        behind=lambda w, _i, o: w.boto("eks").update_access_entry(
            clusterName=o["clusterName"], principalArn=o["principalArn"], kubernetesGroups=["everybody"]
        ),
        seen="kubernetesGroups",
    ),
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": Case(
        inputs=_grant, replace=fixed(accessScope={"type": "cluster"})
    ),
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": Case(
        inputs=_identity,
        update=lambda w: {"roleArn": f"{w.arn(ROLE)}-other", "tags": {"team": "risk"}},
        replace=fixed(serviceAccount="another"),
        behind=lambda w, i, o: w.boto("eks").update_pod_identity_association(
            clusterName=o["clusterName"], associationId=i, roleArn="arn:aws:iam::123456789012:role/stranger"
        ),
        seen="roleArn",
    ),
}
