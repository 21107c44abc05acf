"""A team on the cluster: its namespace, what it may use, who may do what in it, and who it may talk to."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.groups import Groups
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.owner import DataClassification, Owner
from trimtab.spec.units import Name

RESERVED = frozenset({"default", "kube-system", "kube-public", "kube-node-lease"})
Port = Annotated[int, Field(ge=1, le=65_535)]


class TenantGroups(SpecModel):
    """Who may do what in the namespace."""

    admins: Groups = ()
    """May do everything in it but change its quota, its limits and its network policies."""
    developers: Groups = ()
    """May run workloads, read logs and set configuration; may not read secrets."""
    viewers: Groups = ()
    """May look, secrets excepted."""


class TenantQuota(SpecModel):
    """What all pods of the namespace may ask for together."""

    vcpus: Annotated[int, Field(ge=1, le=100_000)] = 64
    memory_gib: Annotated[int, Field(ge=1, le=10_000_000)] = 256
    gpus: Annotated[int, Field(ge=0, le=10_000)] = 0
    """Whole GPUs, slices and turns, each counted by itself; 0: none."""
    pods: Annotated[int, Field(ge=1, le=100_000)] = 200
    storage_gib: Annotated[int, Field(ge=0, le=10_000_000)] = 500
    """Volume claims together."""
    load_balancers: Annotated[int, Field(ge=0, le=100)] = 0
    """Services of type LoadBalancer: each is a way in, and costs money."""


class ContainerDefaults(SpecModel):
    """What a container gets that asks for nothing, and the most that one may ask for."""

    cpu_millicores: Annotated[int, Field(ge=10, le=64_000)] = 100
    memory_mib: Annotated[int, Field(ge=16, le=1_048_576)] = 256
    max_vcpus: Annotated[int, Field(ge=1, le=896)] = 96
    max_memory_gib: Annotated[int, Field(ge=1, le=32_768)] = 1024

    @model_validator(mode="after")
    def _default_within_most(self) -> Self:
        if self.cpu_millicores > self.max_vcpus * 1000:
            raise refuse(
                "cpuMillicores",
                f"cpuMillicores {self.cpu_millicores} is more than maxVcpus {self.max_vcpus}",
                allowed=f"10 to {self.max_vcpus * 1000}",
                remedy="lower cpuMillicores or raise maxVcpus",
            )
        if self.memory_mib > self.max_memory_gib * 1024:
            raise refuse(
                "memoryMib",
                f"memoryMib {self.memory_mib} is more than maxMemoryGib {self.max_memory_gib}",
                allowed=f"16 to {self.max_memory_gib * 1024}",
                remedy="lower memoryMib or raise maxMemoryGib",
            )
        return self


class AllowedEgress(SpecModel):
    """An address block that the team's pods may reach."""

    name: Name
    cidr: IPv4Network
    ports: Annotated[tuple[Port, ...], Field(min_length=1, max_length=20)] = (443,)


class AllowedIngress(SpecModel):
    """A namespace whose pods may reach the team's."""

    namespace: Name
    ports: Annotated[tuple[Port, ...], Field(min_length=1, max_length=20)]


class Tenant(SpecModel):
    """A team's namespace, of the team's name."""

    name: Name
    owner: Owner | None = None
    data_classification: DataClassification | None = None
    groups: TenantGroups = TenantGroups()
    quota: TenantQuota = TenantQuota()
    containers: ContainerDefaults = ContainerDefaults()
    pod_security: Literal["restricted", "baseline"] = "restricted"
    """Pod Security Standard that is enforced; `baseline` for images that must run as root."""
    egress: Annotated[tuple[AllowedEgress, ...], Field(max_length=50)] = ()
    """What beside the namespace itself and the cluster's DNS its pods may reach."""
    ingress: Annotated[tuple[AllowedIngress, ...], Field(max_length=50)] = ()
    """Which other namespaces may reach its pods."""

    @model_validator(mode="after")
    def _not_the_clusters_own(self) -> Self:
        if self.name in RESERVED:
            raise refuse(
                "name", f"{self.name} is a namespace of Kubernetes itself",
                allowed=f"any name but {', '.join(sorted(RESERVED))}", remedy="name the tenant after its team",
            )  # fmt: skip
        names = [item.name for item in self.egress]
        twins = [name for number, name in enumerate(names) if name in names[:number]]
        if twins:
            raise refuse(
                "egress", f"egress names {twins[0]} more than once", allowed="each name once",
                remedy=f"rename one {twins[0]}",
            )  # fmt: skip
        return self
