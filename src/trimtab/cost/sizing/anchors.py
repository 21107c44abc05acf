"""Rules in wide use today, as named strategies: what users know, and what the benchmarks compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.sizing.quantiles import merged, quantile

if TYPE_CHECKING:
    import pandas as pd

    from trimtab.cost.sizing.machine import Need
    from trimtab.cost.sizing.window import Window


def krr(past: Window, budget: float) -> pd.Series:  # noqa: ARG001  # the port's
    """Robusta KRR's simple strategy for CPU: the 95th percentile (`--cpu-percentile`, default of v1.7)."""
    return quantile(merged(past), 0.95)


def krr_max(past: Window, budget: float) -> pd.Series:  # noqa: ARG001  # the port's
    """KRR's simple strategy for memory: the maximum and 15 % (`--memory-buffer-percentage`)."""
    return quantile(merged(past), 1.0) * 1.15


def vpa(past: Window, budget: float) -> pd.Series:  # noqa: ARG001  # the port's
    """Kubernetes VPA's target: p90 with a half-life of 24 h, and 15 % (recommender's defaults)."""
    return quantile(merged(past, half_life_days=1.0), 0.9) * 1.15


def compute_optimizer(past: Window, budget: float) -> pd.Series:  # noqa: ARG001  # the port's
    """AWS Compute Optimizer's strictest preset: p99.5 and 30 % headroom, over its 14 days of look-back."""
    return quantile(merged(past.recent(14)), 0.995) * 1.3


ANCHORS: dict[str, Need] = {
    "krr": krr,
    "krr-max": krr_max,
    "vpa": vpa,
    "compute-optimizer": compute_optimizer,
}


def oracle(past: Window, budget: float) -> pd.Series:
    """Know the judged samples: the exact quantile at the budget."""
    return quantile(merged(past), 1 - budget).clip(lower=np.finfo(float).tiny)
