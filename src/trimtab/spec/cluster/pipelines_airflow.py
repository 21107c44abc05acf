"""Airflow, on the cluster or as AWS's managed environment."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.monitoring_routing import KeyOfSecret
from trimtab.spec.cluster.request_fields import Requested, request_fields
from trimtab.spec.cluster.secret import StoredSecret
from trimtab.spec.model_source import ImageDigest
from trimtab.spec.sizing import SizingTemplate
from trimtab.spec.units import GiB


class OperatorDatabase(SpecModel):
    """PostgreSQL on the cluster, by the CloudNativePG operator."""

    type: Literal["cloudnative-pg"] = "cloudnative-pg"
    instances: Annotated[int, Field(ge=1, le=5)] = 2
    """A primary and its standbys; one has none."""
    storage_gib: GiB = 20
    image: ImageDigest | None = None
    """PostgreSQL; absent: the operator's own default."""


class GivenDatabase(SpecModel):
    """A database that stands already."""

    type: Literal["external"]
    connection: KeyOfSecret
    """Its address as SQLAlchemy takes it: `postgresql://USER:PASSWORD@HOST:5432/DATABASE`."""


Database = Annotated[OperatorDatabase | GivenDatabase, Field(discriminator="type")]


class AirflowKeys(SpecModel):
    """Airflow's own secrets, in a vault that External Secrets reads; all three in one store."""

    fernet: StoredSecret
    """What connections are encrypted with: 32 random bytes, base64url."""
    jwt: StoredSecret
    """What the tokens of tasks are signed with; the same for every process."""
    api: StoredSecret
    """What sessions of the web server are signed with."""

    @model_validator(mode="after")
    def _one_store(self) -> Self:
        for field in ("jwt", "api"):
            other = getattr(self, field)
            if (other.store_kind, other.store) != (self.fernet.store_kind, self.fernet.store):
                raise PydanticCustomError(
                    "stores",
                    "{key} is in {store}, fernet in {first}",
                    {
                        "field": f"{field}.store",
                        "key": field,
                        "store": other.store,
                        "first": self.fernet.store,
                        "allowed": self.fernet.store,
                        "remedy": "keep all three in one store",
                    },
                )
        return self


class ClusterAirflow(SpecModel):
    """Airflow 3 on the cluster; each task runs in a pod of its own."""

    type: Literal["cluster"]
    image: ImageDigest
    """Airflow 3 with the providers `cncf.kubernetes` and `postgres`."""
    keys: AirflowKeys
    database: Database = OperatorDatabase()
    api_servers: Annotated[int, Field(ge=1, le=10)] = 2
    parallel_tasks: Annotated[int, Field(ge=1, le=512)] = 32
    """Tasks of all DAGs that run at once."""
    scheduler_cpu_millicores: Annotated[int, Field(ge=200, le=16_000, multiple_of=100)] = 500
    scheduler_memory_mib: Annotated[int, Field(ge=512, le=65_536, multiple_of=256)] = 1536

    def sizing(self, path: str | None) -> SizingTemplate:
        """Return what of the scheduler can be sized, as fields under `path` (None: declared by a program)."""
        return SizingTemplate(
            kind="kubernetes-workload",
            instance_type="kubernetes",
            count=1,
            floor=1,
            fields=request_fields(
                path,
                Requested("schedulerCpuMillicores", self.scheduler_cpu_millicores, 200, 16_000),
                Requested("schedulerMemoryMib", self.scheduler_memory_mib, 512, 65_536),
            ),
        )


class ManagedAirflow(SpecModel):
    """Amazon Managed Workflows for Apache Airflow, whose tasks are pods of the EKS cluster."""

    type: Literal["mwaa"]
    airflow_version: Annotated[
        str, Field(pattern=r"^3\.[0-9]+\.[0-9]+$", description="A version of Airflow 3, 3.0.6.")
    ] = "3.0.6"
    environment_class: Literal["mw1.micro", "mw1.small", "mw1.medium", "mw1.large", "mw1.xlarge", "mw1.2xlarge"] = (
        "mw1.small"
    )
    min_workers: Annotated[int, Field(ge=1, le=25)] = 1
    max_workers: Annotated[int, Field(ge=1, le=25)] = 3
    access: Literal["private", "public"] = "private"
    """Whether its web server is reached from the network only, or over the internet with an AWS login."""

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.min_workers > self.max_workers:
            raise PydanticCustomError(
                "bounds",
                "minWorkers {low} is more than maxWorkers {high}",
                {
                    "field": "minWorkers",
                    "low": self.min_workers,
                    "high": self.max_workers,
                    "allowed": f"1 to {self.max_workers}",
                    "remedy": "lower minWorkers or raise maxWorkers",
                },
            )
        if self.environment_class == "mw1.micro" and self.max_workers > 1:
            raise PydanticCustomError(
                "micro",
                "maxWorkers {high} is not possible with environmentClass mw1.micro: it has one worker",
                {
                    "field": "maxWorkers",
                    "high": self.max_workers,
                    "allowed": "1 with mw1.micro",
                    "remedy": "set maxWorkers: 1, or environmentClass: mw1.small",
                },
            )
        return self


Airflow = Annotated[ClusterAirflow | ManagedAirflow, Field(discriminator="type")]
