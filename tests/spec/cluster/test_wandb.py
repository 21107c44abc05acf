"""What of a Weights & Biases server's declaration is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.spec.cluster.declared import BASE, DIGEST, problem, read

LICENSE = {"type": "external-secret", "store": "vault", "remoteKey": "wandb"}


def declared(*, operators: tuple[str, ...] = ("external-secrets",), **fields: Any) -> dict[str, Any]:
    server = {"image": DIGEST, "license": LICENSE, **fields}
    return {**BASE, "operators": [*BASE["operators"], *operators], "weightsAndBiases": server}


def test_read() -> None:
    server = read(declared()).weights_and_biases
    assert server is not None
    assert server.replicas == 1


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"replicas": 2}, "cluster.weightsAndBiases.replicas = 2"),
        ({"license": "eyJhbGciOi"}, "cluster.weightsAndBiases.license"),
        (
            {"login": {"issuer": "https://login.example.com", "clientId": "wandb"}},
            "cluster.weightsAndBiases.ingress",
        ),
        ({"login": {"issuer": "http://login.example.com", "clientId": "w"}}, "cluster.weightsAndBiases.login.issuer"),
        ({"operators": ()}, "cluster.operators"),
    ],
)
def test_refused(fields: dict[str, Any], wanted: str) -> None:
    sentence = problem(declared(**fields))
    assert sentence.startswith(wanted), sentence
    assert "remedy: " in sentence
