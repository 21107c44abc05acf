"""MLflow servers through the real engine and a real API server: in RDS with users, on the cluster behind a login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.components.cluster.parts import handles, objects, one, parts_workspace
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
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

INGRESS = {
    "host": "mlflow.acme.example",
    "className": "nginx",
    "tlsSecret": "mlflow-tls",
    "controllerNamespace": "ingress",
}
LOGIN = {
    "type": "oidc-proxy",
    "image": image("oauth2-proxy"),
    "issuer": "https://login.acme.example",
    "clientId": "mlflow",
    "clientSecret": stored("mlflow-client"),
    "emailDomains": ["acme.example"],
}
USERS: dict[str, Any] = {
    "component": "mlflow:MLflow",
    "model": "cluster.mlflow:MLflow",
    "name": "mlflow",
    "path": "cluster.mlflow",
    "spec": {"image": image("mlflow"), "clientNamespaces": ["training"]},
    "inputs": {"cluster_name": EKS, "operators": []},
}
PROXIED: dict[str, Any] = {
    "component": "mlflow:MLflow",
    "model": "cluster.mlflow:MLflow",
    "name": "tracking",
    "spec": {
        "image": image("mlflow"),
        "database": {"type": "cloudnative-pg", "image": image("postgresql")},
        "auth": LOGIN,
        "ingress": INGRESS,
    },
    "inputs": {"cluster_name": EKS, "operators": ["cloudnative-pg", "external-secrets"]},
}


@pytest.mark.engine
def test_two_servers(local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]) -> None:
    where = network(local_cluster)
    workspace = parts_workspace(make_workspace, "mlflow-servers", [wired(USERS, where), PROXIED])
    result = workspace.up()
    workspace.preview(flags=["--expect-no-changes"])
    assert plain_secrets(result) == []
    assert findings(workspace, result) == []
    assert [*looseness(pod(result, "mlflow")), *looseness(pod(result, "tracking"))] == []

    (server,) = pod(result, "mlflow")["containers"]
    known = variables(server)
    assert known["MLFLOW_BACKEND_STORE_URI"] == {"secretKeyRef": {"name": "mlflow", "key": "MLFLOW_BACKEND_STORE_URI"}}
    assert "mlflow.mlflow-servers.svc" in known["MLFLOW_SERVER_ALLOWED_HOSTS"].split(",")
    assert [step["name"] for step in pod(result, "mlflow")["initContainers"]] == ["migrate", "users"]
    (database,) = local_cluster.client("rds").describe_db_instances()["DBInstances"]
    assert database["StorageEncrypted"]
    assert not database["PubliclyAccessible"]
    assert database["BackupRetentionPeriod"] == 14
    reach = one(result, "NetworkPolicy", "mlflow")["spec"]
    spaces = [
        peer["namespaceSelector"] for rule in reach["ingress"] for peer in rule["from"] if "namespaceSelector" in peer
    ]
    assert spaces == [{"matchLabels": {"kubernetes.io/metadata.name": "training"}}]
    handle = handles(result, "mlflow")["mlflow-servers/Deployment/mlflow"]
    assert handle["dimensions"]["container"] == "mlflow"
    assert {field["specPath"] for field in handle["fields"]} == {
        "cluster.mlflow.resources.cpuMillicores",
        "cluster.mlflow.resources.memoryMib",
    }

    login, behind = pod(result, "tracking")["containers"]
    assert login["name"] == "login"
    assert behind["command"][behind["command"].index("--host") + 1] == "127.0.0.1"
    assert variables(behind)["MLFLOW_BACKEND_STORE_URI"] == {"secretKeyRef": {"name": "tracking-db-app", "key": "uri"}}
    backup = one(result, "Cluster", "tracking-db")["spec"]["backup"]
    assert backup["barmanObjectStore"]["destinationPath"].endswith("/postgres")
    made = [item.inputs["metadata"]["name"] for item in objects(result) if item.inputs["kind"] == "Ingress"]
    assert made == ["tracking"], "no way in from outside unless it is declared"
    workspace.destroy()
    assert local_cluster.client("rds").describe_db_instances()["DBInstances"] == []


@pytest.mark.engine
def test_a_missing_operator_is_refused_at_preview(
    local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]
) -> None:
    part = {**PROXIED, "inputs": {**PROXIED["inputs"], "operators": ["external-secrets"]}}
    workspace = parts_workspace(make_workspace, "mlflow-refused", [part])
    refused = workspace.preview(check=False)
    assert refused.code != 0
    assert "tracking needs the operator cloudnative-pg, which the cluster does not have" in refused.output
    assert UserError.__name__ in refused.output
    assert local_cluster.state.endpoint
