"""Weights & Biases servers through the real engine and a real API server: in RDS, and over a database that exists."""

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
    stored,
    variables,
    wired,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

OWN: dict[str, Any] = {
    "component": "weights_and_biases:WeightsAndBiases",
    "model": "cluster.wandb:WeightsAndBiases",
    "name": "wandb",
    "path": "cluster.weightsAndBiases",
    "spec": {"image": image("wandb-local"), "license": stored("wandb-license")},
    "inputs": {"cluster_name": EKS},
}
EXISTING: dict[str, Any] = {
    **OWN,
    "name": "runs",
    "spec": {**OWN["spec"], "database": {"type": "external", "uri": stored("wandb-mysql"), "port": 3307}},
    "inputs": {},
}


@pytest.mark.engine
def test_two_servers(local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]) -> None:
    where = network(local_cluster)
    workspace = parts_workspace(make_workspace, "wandb-servers", [wired(OWN, where), EXISTING])
    result = workspace.up()
    workspace.preview(flags=["--expect-no-changes"])
    assert plain_secrets(result) == []
    assert findings(workspace, result) == []
    assert [*looseness(pod(result, "wandb"), writable=("wandb",))] == []

    (server,) = pod(result, "wandb")["containers"]
    known = variables(server)
    assert known["HOST"] == "http://wandb.wandb-servers.svc"
    assert known["BUCKET"].startswith("s3://acme-dev-wandb-files")
    assert known["LICENSE"] == {"secretKeyRef": {"name": "wandb-license", "key": "LICENSE"}}
    license_source = one(result, "ExternalSecret", "wandb-license")["spec"]
    assert license_source["data"] == [{"secretKey": "LICENSE", "remoteRef": {"key": "acme/wandb-license"}}]
    found = local_cluster.client("rds").describe_db_instances(DBInstanceIdentifier="acme-dev-wandb")["DBInstances"]
    assert [item["Engine"] for item in found] == ["mysql"]
    assert set(handles(result, "wandb")) == {"wandb-servers/Deployment/wandb"}

    address = one(result, "ExternalSecret", "runs-database")["spec"]
    assert address["data"] == [{"secretKey": "MYSQL", "remoteRef": {"key": "acme/wandb-mysql"}}]
    reach = one(result, "NetworkPolicy", "runs")["spec"]["egress"]
    assert [{"protocol": "TCP", "port": 3307}] in [rule["ports"] for rule in reach]
    workspace.destroy()
