"""Training on a cluster: runtimes that jobs run on, Ray clusters, jobs in queues, and where checkpoints go."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.training_jobs import Queue, RayTrainingCluster, RayTrainingJob, TrainJob
from trimtab.spec.cluster.training_runtimes import DeepSpeedRuntime, Runtime, TorchRuntime
from trimtab.spec.owner import Owner, ServiceClass
from trimtab.spec.units import Days, Name

__all__ = ["DeepSpeedRuntime", "RayTrainingCluster", "RayTrainingJob", "TorchRuntime", "TrainJob", "Training"]


class Checkpoints(SpecModel):
    """What jobs write so that they can go on after an interruption."""

    prefix: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9/-]{0,60}$", description="Key prefix in the bucket.")] = (
        "checkpoints"
    )
    kept_days: Days = 30
    """How long a checkpoint is kept; models go to the registry."""


class Training(SpecModel):
    """A team's training."""

    namespace: Name
    """The namespace of the team that trains."""
    queue: Queue | None = None
    """The queue of jobs that name none."""
    runtimes: tuple[Runtime, ...] = ()
    jobs: tuple[TrainJob, ...] = ()
    ray_clusters: tuple[RayTrainingCluster, ...] = ()
    ray_jobs: tuple[RayTrainingJob, ...] = ()
    checkpoints: Checkpoints = Checkpoints()
    service_class: ServiceClass = "batch"
    owner: Owner | None = None

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        for field, names in (
            ("runtimes", [item.name for item in self.runtimes]),
            ("jobs", [item.name for item in self.jobs]),
            ("rayClusters", [item.name for item in self.ray_clusters]),
            ("rayJobs", [item.name for item in self.ray_jobs]),
        ):
            twins = [name for name, count in Counter(names).items() if count > 1]
            if twins:
                raise refuse(
                    field, f"{field} has {twins[0]} twice", allowed="each name once", remedy=f"rename one {twins[0]}"
                )
        return self

    @model_validator(mode="after")
    def _runtimes_are_there(self) -> Self:
        known = [runtime.name for runtime in self.runtimes]
        for number, job in enumerate(self.jobs):
            if job.runtime not in known:
                raise refuse(
                    f"jobs[{number}].runtime",
                    f"{job.name} names the runtime {job.runtime}, which runtimes does not declare",
                    allowed=", ".join(known) or "nothing: runtimes is empty",
                    remedy=f"declare {job.runtime} under runtimes, or name one of those",
                )
        return self

    def runtime(self, name: str) -> Runtime:
        """Return a declared runtime by its name."""
        return next(runtime for runtime in self.runtimes if runtime.name == name)
