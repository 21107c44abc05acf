"""An account's worth of the analyser's values: many endpoints and pools of many teams, and their month by the hour."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from tests.cost.reports.sample import NOW, abstained, inputs, price, recommendation, resource

from trimtab.cost.model import AdviceDocument, Unpriced
from trimtab.cost.reports.history import UnitHistory

if TYPE_CHECKING:
    from trimtab.cost.model import Advice, Pricing, Resource
    from trimtab.cost.reports import Inputs

TEAMS = 40
TYPES = {"gpu-training-pool": "g5.12xlarge", "sagemaker-endpoint": "ml.g5.xlarge"}
"""Of the bundled price list, so that a report needs no account."""
MONTH_HOURS = 35 * 24
"""A month and the days before it that the comparison with last week takes."""


def fleet(count: int) -> Inputs:
    """Return a report's inputs for `count` resources.

    Of ten, seven are advised with a back-test, one has no samples, one no price, one neither advice nor price.
    """
    pick = np.random.default_rng(11)
    sizes, busy, hourly = pick.integers(2, 12, count), pick.uniform(0.05, 0.7, count), pick.uniform(0.2, 40.0, count)
    prices: dict[str, Pricing] = {}
    advice: list[Advice] = []
    found: list[Resource] = []
    for number in range(count):
        kind = "gpu-training-pool" if number % 3 == 0 else "sagemaker-endpoint"
        one = resource(f"resource-{number:05d}", kind=kind, count=int(sizes[number]), team=f"team-{number % TEAMS:02d}")
        one = one.model_copy(update={"region": "us-east-1", "instance_type": TYPES[kind]})
        found.append(one)
        advice.append(
            abstained(one) if number % 10 > 7 else recommendation(one, max(1, one.count // 2), busy=busy[number])  # noqa: PLR2004
        )
        prices[one.resource_id] = (
            Unpriced(reason="its type is in no price list") if number % 10 in {6, 9} else price(f"{hourly[number]:.4f}")
        )
    document = AdviceDocument(created=NOW, until=NOW, strategy="trimtab", advice=tuple(advice))
    return replace(
        inputs(), advice=document, prices=prices, held=(), history=_month(found), budget=Decimal(count) * 5_000
    )


def _month(found: list[Resource]) -> UnitHistory:
    """Return units by hour: office hours over a floor, with noise of a unit."""
    start = pd.Timestamp(NOW).tz_convert(None) - pd.Timedelta(hours=MONTH_HOURS)
    at = pd.date_range(start, periods=MONTH_HOURS, freq="h")
    office = ((at.day_of_week < 5) & (at.hour >= 8) & (at.hour < 20)).astype(float)  # noqa: PLR2004
    noise = np.random.default_rng(12).integers(0, 2, (len(found), MONTH_HOURS))
    units = {one.resource_id: one.count / 2 + noise[n] + office * one.count / 4 for n, one in enumerate(found)}
    return UnitHistory(start, units, "units that ran")
