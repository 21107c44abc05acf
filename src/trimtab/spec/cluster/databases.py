"""Databases behind the servers on a cluster: Amazon's, the cluster's own, or one that exists already."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.secret import DnsName, StoredSecret
from trimtab.spec.model_source import ImageDigest
from trimtab.spec.units import GiB

DatabaseClass = Annotated[
    str,
    Field(
        pattern=r"^db\.[a-z0-9-]+\.[a-z0-9]+$",
        description="An RDS instance class, db.t4g.small.",
    ),
]
EngineVersion = Annotated[
    str,
    Field(pattern=r"^[0-9]+(\.[0-9]+)?$", description="An engine version, 17 or 8.4; RDS takes its newest minor."),
]
DatabaseName = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9_]{0,62}$", description="Lower-case letters, digits and underscores."),
]


class RdsDatabase(SpecModel):
    """An encrypted, private RDS instance with backups."""

    type: Literal["rds"]
    instance_class: DatabaseClass = "db.t4g.small"
    storage_gib: Annotated[GiB, Field(ge=20)] = 20
    largest_storage_gib: Annotated[GiB, Field(ge=20)] = 200
    """RDS grows the disk by itself up to here."""
    backup_days: Annotated[int, Field(ge=1, le=35)] = 14
    multi_zone: bool | None = None
    """A standby in another zone; absent: in production."""
    engine_version: EngineVersion | None = None
    """Absent: the version that the component was made with."""


class CloudNativeDatabase(SpecModel):
    """PostgreSQL on the cluster itself, kept by the CloudNativePG operator."""

    type: Literal["cloudnative-pg"]
    image: ImageDigest
    """CloudNativePG's PostgreSQL image."""
    instances: Annotated[int, Field(ge=1, le=9)] = 3
    storage_gib: GiB = 20
    storage_class: DnsName | None = None
    """Absent: the cluster's default; it must be encrypted."""
    backup_days: Annotated[int, Field(ge=1, le=365)] = 14
    cpu_millicores: Annotated[int, Field(ge=50, le=64_000)] = 500
    memory_mib: Annotated[int, Field(ge=256, le=262_144)] = 1024


class ExternalDatabase(SpecModel):
    """A database that exists already; its address is a secret in a vault."""

    type: Literal["external"]
    uri: StoredSecret
    """The whole address, with user and password: `mysql://user:password@host:3306/name`."""
    port: Annotated[int, Field(ge=1, le=65_535)] = 3306
    """Where it listens: the only port of it that the server may reach."""


TrackingDatabase = Annotated[RdsDatabase | CloudNativeDatabase, Field(discriminator="type")]
