"""Named ways to judge: ours, and the rules in wide use to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.model import Autoscale, Replicas
from trimtab.cost.sizing.anchors import ANCHORS
from trimtab.cost.sizing.bounded import trimtab_need
from trimtab.cost.sizing.fleet import Judged, Limits, ceiling, choose
from trimtab.cost.sizing.plan import capacity, violation
from trimtab.cost.sizing.workload import cpu_need, memory_need

if TYPE_CHECKING:
    from collections.abc import Callable

    from trimtab.cost.model.reduced import Series
    from trimtab.cost.sizing.machine import Need

FleetChooser = "Callable[[Series, Limits], tuple[Judged, list[Judged]]]"


@dataclass(frozen=True)
class Strategy:
    """How machines and fleets are judged.

    Attributes:
        need: estimator of a machine's need.
        need_cpu, need_memory: estimators of what a container requests.
        fleet: chooser of a fleet's plan; returns the choice and everything that was weighed.
    """

    name: str
    summary: str
    need: Need
    need_cpu: Need
    need_memory: Need
    fleet: Callable[[Series, Limits], tuple[Judged, list[Judged]]]


def judged(plan: Replicas, demand: Series) -> Judged:
    """Replay one plan."""
    held = capacity(plan, demand)
    return Judged(plan, float(held.mean()), violation(demand, held))


def horizontal(target_percent: float) -> Callable[[Series, Limits], tuple[Judged, list[Judged]]]:
    """Return the plain horizontal autoscaler: one target, Kubernetes' five minutes before scaling down.

    The wait is the HPA's default stabilisation window, `--horizontal-pod-autoscaler-downscale-stabilization`.
    """

    def plain(demand: Series, limits: Limits) -> tuple[Judged, list[Judged]]:
        most = max(ceiling(demand.replicas, limits), limits.now)
        plan = Replicas(
            min=max(1, limits.least),
            max=most,
            autoscale=Autoscale(target_percent=target_percent, scale_down_after_minutes=5),
        )
        only = judged(plan, demand)
        return only, [only]

    return plain


def fixed(need: float) -> Callable[[Series, Limits], tuple[Judged, list[Judged]]]:
    """Return a constant count: the fleet's demand at a quantile; machine rules know nothing of scaling."""

    def constant(demand: Series, limits: Limits) -> tuple[Judged, list[Judged]]:
        level = float(np.nanquantile(demand.replicas, need))
        count = max(1, limits.least, int(np.ceil(level - 1e-9)))
        only = judged(Replicas(min=count, max=count), demand)
        return only, [only]

    return constant


_KRR, _KRR_MAX, _VPA, _OPTIMIZER = (ANCHORS[name] for name in ("krr", "krr-max", "vpa", "compute-optimizer"))
_HPA = "plain horizontal autoscaler at"

STRATEGIES: dict[str, Strategy] = {
    one.name: one
    for one in (
        Strategy(
            "trimtab", "walk-forward, inside the budget of the class", trimtab_need, cpu_need, memory_need, choose
        ),
        # KRR and the VPA size memory by rules of their own; AWS by the same one.
        Strategy("krr", "Robusta KRR: p95", _KRR, _KRR, _KRR_MAX, fixed(0.95)),
        Strategy("krr-max", "Robusta KRR for memory: maximum + 15 %", _KRR_MAX, _KRR_MAX, _KRR_MAX, fixed(1.0)),
        Strategy("vpa", "Kubernetes VPA: decayed p90 + 15 %", _VPA, _VPA, _VPA, fixed(0.9)),
        Strategy(
            "compute-optimizer",
            "AWS Compute Optimizer: p99.5 + 30 %",
            _OPTIMIZER,
            _OPTIMIZER,
            _OPTIMIZER,
            fixed(0.995),
        ),
        Strategy("hpa-40", f"{_HPA} 40 %", _KRR, _KRR, _KRR_MAX, horizontal(40)),
        Strategy("hpa-60", f"{_HPA} 60 %", _KRR, _KRR, _KRR_MAX, horizontal(60)),
    )
}
