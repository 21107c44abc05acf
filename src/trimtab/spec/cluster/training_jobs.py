"""Jobs that are declared with the platform: they run once, when they are first brought up."""

# ruff: noqa: TC001  pydantic reads these annotations at run time

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.secret import DnsName
from trimtab.spec.cluster.serving_ray_pods import IdleTimeout, OnRay
from trimtab.spec.cluster.training_runtimes import NodeCount
from trimtab.spec.model_source import ImageDigest
from trimtab.spec.units import Name, Seconds

Queue = DnsName
"""A LocalQueue of Kueue's in the team's namespace."""


class TrainJob(SpecModel):
    """A job of one of the declared runtimes."""

    name: Name
    runtime: Name
    """One of `training.runtimes`."""
    queue: Queue | None = None
    """Absent: `training.queue`."""
    nodes: NodeCount | None = None
    """Absent: the runtime's."""
    command: tuple[str, ...] = ()
    """Absent: the image's own."""
    args: tuple[str, ...] = ()
    model: Name | None = None
    """The registry group that it trains."""


class RayTrainingCluster(OnRay, IdleTimeout):
    """A RayCluster that people work on; its workers come and go with what they ask for."""

    name: Name
    image: ImageDigest
    queue: Queue | None = None
    """Absent: `training.queue`. Kueue admits each further worker (its gate ElasticJobsViaWorkloadSlices is on)."""
    model: Name | None = None


class RayTrainingJob(OnRay):
    """A RayJob: a cluster made for one entrypoint, gone when it ends."""

    name: Name
    image: ImageDigest
    entrypoint: Annotated[str, Field(min_length=1, max_length=2000)]
    """A shell command that the cluster's head runs, `python -m team.train`."""
    environment: Annotated[dict[str, str], Field(default_factory=dict)]
    """Environment variables of the entrypoint; no secrets."""
    queue: Queue | None = None
    """Absent: `training.queue`."""
    deadline_seconds: Seconds = 86_400
    kept_seconds_after_end: Annotated[int, Field(ge=0, le=604_800)] = 3600
    """How long the finished job can still be looked at; its cluster is gone."""
    retries: Annotated[int, Field(ge=0, le=10)] = 1
    model: Name | None = None

    @model_validator(mode="after")
    def _workers_are_fixed(self) -> Self:
        for number, group in enumerate(self.workers):
            if group.min_replicas != group.max_replicas:
                raise refuse(
                    f"workers[{number}].minReplicas",
                    f"minReplicas {group.min_replicas} is not maxReplicas {group.max_replicas}: "
                    "a queue admits a job as a whole",
                    allowed=str(group.max_replicas),
                    remedy="set both to one number, or use a cluster of training.rayClusters",
                )
        return self
