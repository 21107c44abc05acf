"""A server on the cluster that people and programs speak HTTP to: its image, its pods, who may reach it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.pods import Resources
from trimtab.spec.cluster.secret import DnsName
from trimtab.spec.cluster.serving_sizing import UNKNOWN_TYPE, steps
from trimtab.spec.model_source import ImageDigest
from trimtab.spec.owner import Owner, ServiceClass
from trimtab.spec.sizing import SizingField, SizingTemplate, SizingUnit
from trimtab.spec.units import EachOnce

HostName = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$",
        max_length=253,
        description="A host name with a domain, mlflow.example.com.",
    ),
]
HttpsUrl = Annotated[
    str,
    Field(
        pattern=r"^https://[A-Za-z0-9_.-]+(:[0-9]+)?(/[A-Za-z0-9_./-]*)?$",
        description="An https:// address without a query.",
    ),
]
LARGEST_CPU, LARGEST_MEMORY = 64_000, 262_144
"""Millicores and MiB beyond which more replicas are the answer."""


class Ingress(SpecModel):
    """A way in from outside the cluster, over TLS only."""

    host: HostName
    class_name: DnsName
    """The ingress class of the cluster's controller: nginx, alb, …"""
    tls_secret: DnsName
    """Secret of the namespace that holds the host's certificate."""
    controller_namespace: DnsName
    """Where the controller's pods run: they are let in."""


class WebService(SpecModel):
    """The pods of an HTTP server."""

    image: ImageDigest
    replicas: Annotated[int, Field(ge=1, le=20)] = 2
    resources: Resources
    client_namespaces: Annotated[tuple[DnsName, ...], EachOnce] = ()
    """Namespaces whose pods may reach it, beside its own."""
    ingress: Ingress | None = None
    service_class: ServiceClass = "standard"
    owner: Owner | None = None

    def sizing(self, at: str | None, *, least_memory_mib: int = 256) -> SizingTemplate:
        """Return what of the pods' requests can be set.

        Args:
            at: its path in the stack's configuration, `cluster.mlflow`; None: declared by a program.
            least_memory_mib: what the server needs to start at all.
        """
        cpu, memory = self.resources.cpu_millicores, self.resources.memory_mib
        return SizingTemplate(
            kind="kubernetes-workload",
            instance_type=UNKNOWN_TYPE,
            count=self.replicas,
            service_class=self.service_class,
            fields=(
                _field("cpuMillicores", at, "millicores", cpu, steps(cpu, smallest=50, largest=LARGEST_CPU)),
                _field(
                    "memoryMib",
                    at,
                    "MiB",
                    memory,
                    steps(memory, smallest=min(memory, least_memory_mib), largest=LARGEST_MEMORY),
                ),
            ),
        )


def _field(name: str, at: str | None, unit: SizingUnit, current: int, allowed: tuple[int, ...]) -> SizingField:
    return SizingField(
        name=name, spec_path=at and f"{at}.resources.{name}", unit=unit, current=current, allowed=allowed
    )
