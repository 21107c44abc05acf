"""Who may use the GPUs of a pool, how many, and who gives way: Kueue's quotas in the declaration's words."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.units import Name

Units = Annotated[int, Field(ge=0, le=100_000, description="A number of GPUs, or of their slices or turns.")]


class TeamQuota(SpecModel):
    """One team's share of a pool. GPUs are counted in what pods ask for: whole ones, slices, or turns."""

    tenant: Name
    gpus: Units
    """What the team gets whenever it asks."""
    borrow_gpus: Units | None = None
    """What it may take beyond that while others in the cohort leave theirs idle; absent: all of it."""
    lend_gpus: Units | None = None
    """How many of its own, idle, it lends; absent: all of them."""
    vcpus: Annotated[int, Field(ge=1, le=100_000)] | None = None
    """vCPUs beside the GPUs; absent: the instance type's own vCPUs per GPU."""
    memory_gib: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    """Memory beside the GPUs; absent: the instance type's own memory per GPU."""

    @model_validator(mode="after")
    def _lends_what_it_has(self) -> Self:
        if self.lend_gpus is not None and self.lend_gpus > self.gpus:
            raise refuse(
                "lendGpus",
                f"lendGpus {self.lend_gpus} is more than the team's {self.gpus} gpus",
                allowed=f"0 to {self.gpus}",
                remedy=f"set lendGpus to {self.gpus} or less, or leave it out to lend all that is idle",
            )
        return self


class Preemption(SpecModel):
    """Whose workloads give way when a queue has no room."""

    within_queue: Literal["Never", "LowerPriority", "LowerOrNewerEqualPriority"] = "LowerPriority"
    """In the team's own queue."""
    reclaim: Literal["Never", "LowerPriority", "Any"] = "Any"
    """Of those who borrowed what the team now needs itself."""
    while_borrowing: Literal["Never", "LowerPriority"] = "Never"
    """In other queues, to make room for something that itself only borrows."""

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.reclaim == "Never" and self.while_borrowing != "Never":
            raise refuse(
                "whileBorrowing",
                f"whileBorrowing is {self.while_borrowing}, but reclaim is Never",
                allowed="Never while reclaim is Never (Kueue's rule)",
                remedy="set whileBorrowing: Never, or reclaim: LowerPriority",
            )
        return self


class GpuQueue(SpecModel):
    """The queue in front of a pool: one ClusterQueue a team, all in one cohort."""

    cohort: Name | None = None
    """Pools of the same cohort lend to each other; absent: the pool is a cohort of its own."""
    teams: Annotated[tuple[TeamQuota, ...], Field(min_length=1, max_length=100)]
    order: Literal["best-effort", "strict"] = "best-effort"
    """Whether a workload that does not fit lets smaller ones behind it pass."""
    preemption: Preemption = Preemption()

    @model_validator(mode="after")
    def _each_team_once(self) -> Self:
        names = [team.tenant for team in self.teams]
        twins = [name for number, name in enumerate(names) if name in names[:number]]
        if twins:
            raise refuse(
                "teams", f"teams names {twins[0]} more than once", allowed="each tenant once",
                remedy=f"write one quota for {twins[0]}",
            )  # fmt: skip
        return self

    @property
    def guaranteed(self) -> int:
        """What all teams together get whenever they ask."""
        return sum(team.gpus for team in self.teams)
