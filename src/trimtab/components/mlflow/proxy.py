"""OAuth2 Proxy beside the server: the pod's only way in, and it asks for a login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.kube.web import Container, from_secret
from trimtab.spec.cluster.pods import Resources

if TYPE_CHECKING:
    from trimtab.spec.cluster.mlflow import OidcProxy

PORT = 4180
COOKIE_KEY = "cookie-secret"
CLIENT_KEY = "client-secret"
COOKIE_BYTES = 16
"""As text, 32 characters: one of the three lengths that OAuth2 Proxy takes."""
RESOURCES = Resources(cpu_millicores=50, memory_mib=64)


def login_proxy(spec: OidcProxy, *, host: str, upstream: int, cookie_secret: str, client_secret: str) -> Container:
    """Return the proxy's container.

    Args:
        spec: the declaration.
        host: the ingress' host, which a login comes back to.
        upstream: the port of the server in the same pod.
        cookie_secret: the Kubernetes secret that holds `COOKIE_KEY`.
        client_secret: the Kubernetes secret that holds `CLIENT_KEY`.
    """
    return Container(
        name="login",
        image=spec.image,
        environment=_environment(spec, host, upstream)
        | {
            "OAUTH2_PROXY_COOKIE_SECRET": from_secret(cookie_secret, COOKIE_KEY),
            "OAUTH2_PROXY_CLIENT_SECRET": from_secret(client_secret, CLIENT_KEY),
        },
        resources=RESOURCES,
        port=PORT,
        health="/ping",
    )


def _environment(spec: OidcProxy, host: str, upstream: int) -> dict[str, object]:
    return {
        "OAUTH2_PROXY_PROVIDER": "oidc",
        "OAUTH2_PROXY_OIDC_ISSUER_URL": spec.issuer,
        "OAUTH2_PROXY_CLIENT_ID": spec.client_id,
        "OAUTH2_PROXY_REDIRECT_URL": f"https://{host}/oauth2/callback",
        "OAUTH2_PROXY_EMAIL_DOMAINS": ",".join(spec.email_domains),
        "OAUTH2_PROXY_UPSTREAMS": f"http://127.0.0.1:{upstream}",
        "OAUTH2_PROXY_HTTP_ADDRESS": f"0.0.0.0:{PORT}",
        "OAUTH2_PROXY_REVERSE_PROXY": "true",
        "OAUTH2_PROXY_COOKIE_SECURE": "true",
        "OAUTH2_PROXY_CODE_CHALLENGE_METHOD": "S256",
        "OAUTH2_PROXY_SKIP_PROVIDER_BUTTON": "true",
        # A training job has no browser: it shows the issuer's token instead.
        "OAUTH2_PROXY_SKIP_JWT_BEARER_TOKENS": "true",
    }
