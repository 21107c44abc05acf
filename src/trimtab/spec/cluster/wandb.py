"""A Weights & Biases server on the cluster."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.databases import ExternalDatabase, RdsDatabase
from trimtab.spec.cluster.pods import Resources
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.secret import StoredSecret  # noqa: TC001  pydantic reads it at run time
from trimtab.spec.cluster.web_service import HttpsUrl, WebService

SqlDatabase = Annotated[RdsDatabase | ExternalDatabase, Field(discriminator="type")]


class OidcLogin(SpecModel):
    """Who may log in: people whom an OpenID Connect issuer knows."""

    issuer: HttpsUrl
    client_id: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9_.@:/-]{1,256}$", description="The client's id at the issuer.")
    ]
    method: Literal["pkce", "implicit"] = "pkce"


class WeightsAndBiases(WebService):
    """The server, its MySQL database, its bucket and its licence."""

    replicas: Annotated[int, Field(ge=1, le=1)] = 1
    """One: the server keeps its queue in itself."""
    resources: Resources = Resources(cpu_millicores=2000, memory_mib=8192)
    license: StoredSecret
    """The server's licence, which no declaration may hold."""
    database: SqlDatabase = RdsDatabase(type="rds", instance_class="db.m7g.large", storage_gib=100)
    login: OidcLogin | None = None
    scratch_gib: Annotated[int, Field(ge=1, le=500)] = 20
    """Disk for what a pod writes while it runs."""

    @model_validator(mode="after")
    def _login_needs_an_address(self) -> Self:
        if self.login is not None and self.ingress is None:
            raise refuse(
                "ingress",
                "a login comes back to an address, and there is no ingress",
                allowed="an ingress where login is declared",
                remedy="add ingress, or leave login out",
            )
        return self
