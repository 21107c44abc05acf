"""Pods of a Ray cluster: a head that schedules, and groups of workers."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.pods import Pods, Replicas, Resources, SharedMemory
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.units import GiB, Name, Seconds

RayVersion = Annotated[
    str, Field(pattern=r"^2\.[0-9]{1,3}\.[0-9]{1,2}$", description="Ray's version in the image, 2.52.0.")
]
TOKEN_SINCE = (2, 52)
"""The first Ray that takes tokens; KubeRay refuses `authOptions.mode: token` with an older one."""
HEAD_GROUP = "head"
"""Kueue's name of the head's pods; no worker group may have it."""


class RayHead(Pods):
    """The pod that schedules; it runs no replicas and needs no GPU."""

    resources: Resources = Resources(cpu_millicores=2000, memory_mib=8192)
    shared_memory_mib: SharedMemory = 1024


class RayWorkers(Replicas):
    """A group of like worker pods."""

    name: Name
    cache_gib: GiB = 50
    """Room for what a pod downloads and spills, on its node's disk."""
    shared_memory_mib: SharedMemory = 2048
    """Where Ray's object store lies, in MiB."""


class OnRay(SpecModel):
    """What is served or trained on a Ray cluster of its own."""

    ray_version: RayVersion
    head: RayHead = RayHead()
    workers: Annotated[tuple[RayWorkers, ...], Field(min_length=1, max_length=7)]
    """Kueue takes eight sets of pods at most, one of them the head's."""
    token_auth: bool = True
    """Whether dashboard and clients need Ray's token, which KubeRay makes; from Ray 2.52 on."""

    @model_validator(mode="after")
    def _groups_have_names(self) -> Self:
        names = Counter([HEAD_GROUP, *(group.name for group in self.workers)])
        twins = [name for name, count in names.items() if count > 1]
        if twins:
            raise refuse(
                "workers",
                f"a worker group is called {twins[0]}, which another group is",
                allowed=f"each name once, and not {HEAD_GROUP}",
                remedy=f"rename one {twins[0]}",
            )
        return self

    @model_validator(mode="after")
    def _ray_takes_tokens(self) -> Self:
        major, minor, _ = self.ray_version.split(".")
        if self.token_auth and (int(major), int(minor)) < TOKEN_SINCE:
            raise refuse(
                "tokenAuth",
                f"tokenAuth needs Ray 2.52.0 or newer, and rayVersion is {self.ray_version}",
                allowed="false with this rayVersion",
                remedy="use an image with Ray 2.52.0 or newer",
            )
        return self


class IdleTimeout(SpecModel):
    """A Ray cluster whose autoscaler takes idle workers away."""

    idle_timeout_seconds: Seconds = 300
    """How long a worker pod idles before it goes."""
