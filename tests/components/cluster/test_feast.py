"""Feast through the real engine and a real API server: Redis and files, DynamoDB and Athena."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.components.cluster.parts import handles, one, parts_workspace
from tests.components.cluster.services import (
    EKS,
    findings,
    image,
    looseness,
    network,
    plain_secrets,
    pod,
    variables,
    wired,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

FEATURES: dict[str, Any] = {
    "image": image("feast"),
    "project": "rides",
    "entities": [{"name": "driver", "joinKey": "driver_id"}],
    "views": [
        {
            "name": "driver_trips",
            "entities": ["driver"],
            "source": "trips.parquet",
            "ttlSeconds": 86_400,
            "fields": [{"name": "trips", "type": "Int64"}],
        }
    ],
    "services": [{"name": "eta_v1", "views": ["driver_trips"]}],
}
REDIS: dict[str, Any] = {
    "component": "feast:Feast",
    "model": "cluster.feast:Feast",
    "name": "feast",
    "path": "cluster.feast",
    "spec": FEATURES,
    "inputs": {"cluster_name": EKS},
}
TABLES: dict[str, Any] = {
    "component": "feast:Feast",
    "model": "cluster.feast:Feast",
    "name": "features",
    "spec": {
        **FEATURES,
        "onlineStore": {"type": "dynamodb"},
        "offlineStore": {"type": "athena"},
        "registry": {"type": "sql"},
    },
    "inputs": {"cluster_name": EKS, "athena_database": "features", "athena_workgroup": "features"},
}


@pytest.mark.engine
def test_two_stores(local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]) -> None:
    where = network(local_cluster)
    workspace = parts_workspace(make_workspace, "feast-stores", [wired(REDIS, where), wired(TABLES, where)])
    result = workspace.up()
    workspace.preview(flags=["--expect-no-changes"])
    assert plain_secrets(result) == []
    assert findings(workspace, result) == []

    cron = one(result, "CronJob", "feast-materialise")["spec"]
    job = cron["jobTemplate"]["spec"]["template"]["spec"]
    assert [*looseness(pod(result, "feast")), *looseness(job)] == []
    assert cron["concurrencyPolicy"] == "Forbid"
    (server,) = pod(result, "feast")["containers"]
    assert variables(server)["FEAST_ONLINE"] == {"secretKeyRef": {"name": "feast", "key": "FEAST_ONLINE"}}
    assert {mount.get("subPath") for mount in server["volumeMounts"]} == {None, "feature_store.yaml", "definitions.py"}
    files = one(result, "ConfigMap", "feast-repository")["data"]
    assert "connection_string: ${FEAST_ONLINE}" in files["feature_store.yaml"]
    (group,) = local_cluster.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    assert group["TransitEncryptionEnabled"]
    assert group["AtRestEncryptionEnabled"]
    assert set(handles(result, "feast")) == {"feast-stores/Deployment/feast"}

    tables = local_cluster.client("dynamodb").list_tables()["TableNames"]
    assert "acme-dev.rides.driver_trips" in tables, "Feast's own name for it"
    files = one(result, "ConfigMap", "features-repository")["data"]
    assert "table_name_template: acme-dev.{project}.{table_name}" in files["feature_store.yaml"]
    assert "AthenaSource(" in files["definitions.py"]
    workspace.destroy()
