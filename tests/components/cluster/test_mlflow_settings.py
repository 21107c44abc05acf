"""How an MLflow server is started, as a function of its declaration."""

from __future__ import annotations

from typing import Any

from tests.components.cluster.services import image
from tests.components.cluster.test_mlflow import INGRESS, LOGIN
from trimtab.components.mlflow.settings import ServerSettings, allowed_hosts, server_settings
from trimtab.spec.cluster.mlflow import MLflow


def settings(**fields: Any) -> ServerSettings:
    return server_settings(MLflow.model_validate({"image": image("mlflow"), **fields}), auth_file="/auth/users.ini")


def option(made: ServerSettings, name: str) -> str:
    return made.command[made.command.index(name) + 1]


def test_a_server_with_users_listens_to_the_cluster() -> None:
    made = settings(workers=3)
    assert (option(made, "--host"), option(made, "--workers"), option(made, "--app-name")) == (
        "0.0.0.0",  # noqa: S104  that is the claim
        "3",
        "basic-auth",
    )
    assert "MLFLOW_AUTH_ADMIN_PASSWORD" in made.secrets
    assert not set(made.secrets) & set(made.environment)


def test_behind_a_login_it_listens_to_its_own_pod() -> None:
    made = settings(auth=LOGIN, ingress=INGRESS)
    assert option(made, "--host") == "127.0.0.1"
    assert "--app-name" not in made.command
    assert [step.name for step in made.prepare] == ["migrate"]


def test_no_pattern_lets_another_domain_in() -> None:
    hosts = allowed_hosts("mlflow", "ml", "mlflow.acme.example").split(",")
    assert "mlflow.acme.example" in hosts
    assert {host for host in hosts if "*" in host} == {"localhost:*", "127.0.0.1:*"}
