"""How a person or a program reaches the cluster: a kubeconfig that holds no secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.json_text import json_text

if TYPE_CHECKING:
    import pulumi


def kubeconfig(
    name: pulumi.Input[str],
    endpoint: pulumi.Input[str],
    certificate: pulumi.Input[str],
    region: pulumi.Input[str],
) -> pulumi.Output[str]:
    """Return a kubeconfig as JSON; `aws eks get-token` makes a token of whoever's credentials are there.

    Args:
        name: the cluster's name.
        endpoint: of its API server, https://…
        certificate: its certificate authority, base64.
        region: of the cluster.
    """
    token: dict[str, Any] = {
        "apiVersion": "client.authentication.k8s.io/v1",
        "command": "aws",
        "args": ["eks", "get-token", "--cluster-name", name, "--region", region, "--output", "json"],
        "interactiveMode": "Never",
    }
    return json_text(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [
                {"name": name, "cluster": {"server": endpoint, "certificate-authority-data": certificate}},
            ],
            "users": [{"name": name, "user": {"exec": token}}],
            "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
            "current-context": name,
        }
    )
