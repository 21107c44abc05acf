"""An MLflow server on the cluster: experiments, the model registry and its artifacts behind one address."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.databases import RdsDatabase, TrackingDatabase
from trimtab.spec.cluster.pods import Resources
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.secret import StoredSecret
from trimtab.spec.cluster.web_service import HttpsUrl, WebService
from trimtab.spec.model_source import ImageDigest

PROCESS_MIB = 250
"""What a process of MLflow 3.17 needs at least: 190 to 205 MiB, measured over 1, 2 and 4 workers after 40 requests."""


class BasicAuth(SpecModel):
    """MLflow's own users and permissions; the administrator's password is generated."""

    type: Literal["basic"] = "basic"
    admin_name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.@-]{1,64}$", description="Letters, digits and . @ _ -")] = (
        "admin"
    )
    default_permission: Literal["READ", "EDIT", "MANAGE", "NO_PERMISSIONS"] = "READ"
    """What a user may do with what others made."""


class OidcProxy(SpecModel):
    """OAuth2 Proxy beside the server: nobody reaches MLflow but through a login at an OpenID Connect issuer."""

    type: Literal["oidc-proxy"]
    image: ImageDigest
    issuer: HttpsUrl
    client_id: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9_.@:/-]{1,256}$", description="The client's id at the issuer.")
    ]
    client_secret: StoredSecret
    email_domains: Annotated[tuple[str, ...], Field(min_length=1)]
    """Whose addresses may log in."""


Auth = Annotated[BasicAuth | OidcProxy, Field(discriminator="type")]


class MLflow(WebService):
    """The server, its database, its artifacts and its users."""

    resources: Resources = Resources(cpu_millicores=500, memory_mib=2048)
    workers: Annotated[int, Field(ge=1, le=32)] = 2
    """Worker processes of a pod."""
    database: TrackingDatabase = RdsDatabase(type="rds")
    auth: Auth = BasicAuth()
    metrics: bool = False
    """Whether it counts its requests for Prometheus; its image then needs prometheus-flask-exporter."""
    artifact_prefix: Annotated[
        str,
        Field(
            pattern=r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$",
            description="A prefix in the bucket, without slashes at its ends.",
        ),
    ] = "mlflow"

    @property
    def least_memory_mib(self) -> int:
        """MiB that a pod needs to start: for its workers, and for the process that starts them."""
        return (self.workers + 1) * PROCESS_MIB

    @model_validator(mode="after")
    def _workers_fit(self) -> Self:
        least = self.least_memory_mib
        if self.resources.memory_mib < least:
            raise refuse(
                "resources.memoryMib",
                f"{self.workers} workers need {least} MiB of memory",
                allowed=f"{least} or more with {self.workers} workers",
                remedy=f"set resources.memoryMib to {least}, or lower workers",
            )
        return self

    @model_validator(mode="after")
    def _login_needs_an_address(self) -> Self:
        if isinstance(self.auth, OidcProxy) and self.ingress is None:
            raise refuse(
                "ingress",
                "a login at an OpenID Connect issuer comes back to an address, and there is no ingress",
                allowed="an ingress with auth of type oidc-proxy",
                remedy="add ingress, or set auth.type: basic",
            )
        return self
