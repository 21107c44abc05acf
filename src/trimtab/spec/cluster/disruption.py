"""When a pool may take nodes away: consolidation, expiry, and budgets that hold back both."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.units import Cron, EachOnce

Reason = Literal["Underutilized", "Empty", "Drifted", "Unhealthy"]


class Consolidation(SpecModel):
    """How a pool sheds nodes that are not needed."""

    policy: Literal["WhenEmpty", "WhenEmptyOrUnderutilized"] = "WhenEmpty"
    """`WhenEmptyOrUnderutilized` also moves pods together, which restarts them."""
    after_minutes: Annotated[int, Field(ge=1, le=1440)] = 10
    """How long no pod has come or gone before a node counts as not needed: what an idle GPU costs at least."""


class DisruptionBudget(SpecModel):
    """Nodes that may be taken away at once, always or in a window."""

    nodes: Annotated[
        str, Field(pattern=r"^((100|[0-9]{1,2})%|[0-9]{1,5})$", description="A number of nodes, '1', or a share, '10%'")
    ]
    schedule: Cron | None = None
    """When the window begins; absent: always."""
    duration_minutes: Annotated[int, Field(ge=1, le=10_080)] | None = None
    """How long the window lasts."""
    reasons: Annotated[tuple[Reason, ...], EachOnce] = ()
    """What it holds back; empty: everything."""

    @model_validator(mode="after")
    def _window(self) -> Self:
        if (self.schedule is None) != (self.duration_minutes is None):
            lacking = "durationMinutes" if self.duration_minutes is None else "schedule"
            raise refuse(
                lacking,
                f"a window needs schedule and durationMinutes; {lacking} is not there",
                allowed="both, or neither for a budget that always holds",
                remedy=f"add {lacking}",
            )
        return self
