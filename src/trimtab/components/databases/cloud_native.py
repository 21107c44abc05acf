"""PostgreSQL on the cluster itself, by the CloudNativePG operator, with its backups in a bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_kubernetes as kubernetes

from trimtab.components.kube.traffic import namespaces, pods, policy, tcp, to_names, to_pod_identity, to_web

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi

    from trimtab.components.kube import ClusterComponent
    from trimtab.spec.cluster.databases import CloudNativeDatabase

API = "postgresql.cnpg.io/v1"
APP_URI_KEY = "uri"
OPERATOR_NAMESPACE = "cnpg-system"
PORT, STATUS_PORT = 5432, 8000
"""PostgreSQL, and the instance manager that the operator asks how it is."""
NIGHTLY = "0 0 2 * * *"
"""CloudNativePG's cron begins with seconds."""


def app_secret(name: str) -> str:
    """Return the secret that the operator writes the address of the database to, under `APP_URI_KEY`."""
    return f"{name}-app"


def cloud_native_database(
    component: ClusterComponent,
    spec: CloudNativeDatabase,
    *,
    name: str,
    database: str,
    backups: pulumi.Input[str],
    clients: Mapping[str, str],
) -> pulumi.Resource:
    """Return the PostgreSQL cluster.

    Args:
        component: the owner.
        spec: the declaration.
        name: the cluster's name, and its service account's.
        database: the database's name, and its owner's.
        backups: where backups go, `s3://bucket/prefix`.
        clients: labels of the pods that may connect.
    """
    logical = f"{component.name}-{name}"
    cluster = component.custom(
        logical,
        API,
        "Cluster",
        component.metadata(name),
        {"spec": cluster_spec(spec, database=database, backups=backups)},
        opts=component.stateful(),
    )
    component.custom(
        f"{logical}-nightly",
        API,
        "ScheduledBackup",
        component.metadata(f"{name}-nightly"),
        {"spec": {"schedule": NIGHTLY, "backupOwnerReference": "self", "cluster": {"name": name}}},
    )
    kubernetes.networking.v1.NetworkPolicy(
        f"{logical}-reach",
        metadata=component.metadata(f"{name}-reach"),
        spec=reach(name, clients),
        opts=component.child(),
    )
    return cluster


def cluster_spec(spec: CloudNativeDatabase, *, database: str, backups: pulumi.Input[str]) -> dict[str, Any]:
    """Return the `spec` of the operator's Cluster."""
    size = {"cpu": f"{spec.cpu_millicores}m", "memory": f"{spec.memory_mib}Mi"}
    # No `encryption`: Barman could name the algorithm only, and S3 would then take its own key, not the bucket's.
    stored = {"compression": "gzip"}
    return {
        "instances": spec.instances,
        "imageName": spec.image,
        "enableSuperuserAccess": False,
        "bootstrap": {"initdb": {"database": database, "owner": database, "dataChecksums": True}},
        "storage": {
            "size": f"{spec.storage_gib}Gi",
            **({"storageClass": spec.storage_class} if spec.storage_class else {}),
        },
        # Equal requests and limits: PostgreSQL is the last to be evicted from a full node.
        "resources": {"requests": size, "limits": size},
        "affinity": {"enablePodAntiAffinity": True, "topologyKey": "topology.kubernetes.io/zone"},
        "enablePDB": True,
        "backup": {
            "retentionPolicy": f"{spec.backup_days}d",
            "barmanObjectStore": {
                "destinationPath": backups,
                "s3Credentials": {"inheritFromIAMRole": True},
                "data": stored,
                "wal": stored,
            },
        },
    }


def reach(name: str, clients: Mapping[str, str]) -> dict[str, Any]:
    """Return the network policy of the database's pods."""
    own = {"cnpg.io/cluster": name}
    return policy(
        own,
        ingress=[
            {"from": [pods(clients), pods(own)], "ports": tcp(PORT)},
            {"from": [*namespaces(OPERATOR_NAMESPACE), pods(own)], "ports": tcp(PORT, STATUS_PORT)},
        ],
        egress=[
            to_names(),
            to_web(),
            to_pod_identity(),
            {"to": [pods(own)], "ports": tcp(PORT, STATUS_PORT)},
        ],
    )
