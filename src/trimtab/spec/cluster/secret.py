"""Where a token comes from: never from a declaration."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.spec.base import SpecModel

DnsName = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$",
        description="A Kubernetes name: lower-case letters, digits, hyphens and dots, 63 characters at most.",
    ),
]
SecretKey = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9._-]{1,253}$", description="A key of a secret: letters, digits, . _ -")
]


class ExistingSecret(SpecModel):
    """A secret that somebody put into the namespace."""

    type: Literal["secret"]
    name: DnsName
    key: SecretKey = "token"


class StoredSecret(SpecModel):
    """A secret that the External Secrets operator fetches from a vault."""

    type: Literal["external-secret"]
    store: DnsName
    """Name of the SecretStore or ClusterSecretStore."""
    store_kind: Literal["SecretStore", "ClusterSecretStore"] = "ClusterSecretStore"
    remote_key: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9._/+=@-]+$", max_length=512, description="The secret's name in the vault.")
    ]
    property: SecretKey | None = None
    """Field of the secret, where it is a JSON object."""
    refresh_hours: Annotated[int, Field(ge=1, le=168)] = 1


Token = Annotated[ExistingSecret | StoredSecret, Field(discriminator="type")]
