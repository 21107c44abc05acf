"""How the server is told where things are, as a pure function of the declaration.

https://docs.wandb.ai/platform/hosting/env-vars has every variable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.spec.cluster.wandb import WeightsAndBiases

PORT = 8080
HEALTH = "/ready"
LICENSE, MYSQL = "LICENSE", "MYSQL"
BUCKET, REGION, KEY = "BUCKET", "AWS_REGION", "AWS_S3_KMS_ID"


def environment(spec: WeightsAndBiases, *, name: str, namespace: str) -> dict[str, str]:
    """Return the variables that are no secrets and need nothing but the declaration.

    Args:
        spec: the declaration.
        name: of its Service.
        namespace: of its Service.
    """
    address = f"https://{spec.ingress.host}" if spec.ingress else f"http://{name}.{namespace}.svc"
    login = (
        {
            "OIDC_ISSUER": spec.login.issuer,
            "OIDC_CLIENT_ID": spec.login.client_id,
            "OIDC_AUTH_METHOD": spec.login.method,
        }
        if spec.login
        else {}
    )
    return {
        "HOST": address,
        # One pod: its queue of uploads is its own.
        "BUCKET_QUEUE": "internal://",
        "LOGGING_ENABLED": "true",
        "GORILLA_ALLOW_USER_TEAM_CREATION": "false",
        **login,
    }
