"""What of an MLflow server's declaration is refused, and with which sentence; what of it can be sized."""

from __future__ import annotations

from typing import Any

import pytest

from tests.spec.cluster.declared import BASE, DIGEST, problem, read

LOGIN = {
    "type": "oidc-proxy",
    "image": DIGEST,
    "issuer": "https://login.example.com",
    "clientId": "mlflow",
    "clientSecret": {"type": "external-secret", "store": "vault", "remoteKey": "mlflow"},
    "emailDomains": ["example.com"],
}


def declared(**fields: Any) -> dict[str, Any]:
    operators = [*BASE["operators"], "external-secrets"]
    return {**BASE, "operators": operators, "mlflow": {"image": DIGEST, **fields}}


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"workers": 8}, "cluster.mlflow.resources.memoryMib"),
        ({"auth": LOGIN}, "cluster.mlflow.ingress"),
        ({"image": "docker.io/acme/server:latest"}, "cluster.mlflow.image"),
        ({"database": {"type": "rds", "backupDays": 0}}, "cluster.mlflow.database.backupDays = 0"),
        ({"database": {"type": "sqlite"}}, "cluster.mlflow.database"),
        ({"auth": {"type": "none"}}, "cluster.mlflow.auth"),
    ],
)
def test_refused(fields: dict[str, Any], wanted: str) -> None:
    sentence = problem(declared(**fields))
    assert sentence.startswith(wanted), sentence
    assert "allowed: " in sentence
    assert "remedy: " in sentence


def test_requests_can_be_sized() -> None:
    server = read(declared(replicas=3)).mlflow
    assert server is not None
    sizing = server.sizing("cluster.mlflow", least_memory_mib=server.least_memory_mib)
    assert (sizing.kind, sizing.count) == ("kubernetes-workload", 3)
    cpu, memory = sizing.fields
    assert (cpu.current, cpu.unit, cpu.spec_path) == (500, "millicores", "cluster.mlflow.resources.cpuMillicores")
    assert memory.current in memory.allowed
    for step in memory.allowed:
        resized = declared(resources={"cpuMillicores": 500, "memoryMib": step})
        assert read(resized).mlflow is not None, "every step is one that the declaration takes"
    assert memory.allowed[0] == 768


def test_a_server_that_is_scraped_counts() -> None:
    mail = {"smarthost": "mail.acme.example:587", "sender": "a@acme.example", "username": "a"}
    routing = {"mail": {**mail, "password": {"secret": "mail", "key": "password"}}}
    cluster = declared()
    watched = {
        **cluster,
        "operators": [*cluster["operators"], "prometheus-operator"],
        "monitoring": {"exporters": ["mlflow"], "routing": routing},
    }
    assert problem(watched).startswith("cluster.mlflow.metrics: monitoring.exporters names mlflow")
    assert read({**watched, "mlflow": {"image": DIGEST, "metrics": True}}).mlflow
