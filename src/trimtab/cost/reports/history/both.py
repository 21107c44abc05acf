"""A stack's history: its AWS half from CloudWatch, its cluster half from Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.reports.history.units import UnitHistory

if TYPE_CHECKING:
    from collections.abc import Sequence


def unit_history(parts: Sequence[UnitHistory]) -> UnitHistory:
    """Put histories of different resources side by side; they end in the same hour.

    Raises:
        ValueError: there is none, or they do not begin in the same hour.
    """
    told = [one for one in parts if one.units] or list(parts[:1])
    if len({one.start for one in told}) != 1:
        msg = "histories to join begin in different hours"
        raise ValueError(msg)
    units: dict[str, np.ndarray] = {}
    for one in told:
        for name, series in one.units.items():
            known = units.get(name)
            # A resource that both tell of keeps the first answer; the second fills what that leaves open.
            units[name] = series if known is None else np.where(np.isnan(known), series, known)
    source = "; ".join(dict.fromkeys(one.source for one in told if one.source))
    predictions = {name: series for one in told for name, series in one.predictions.items()}
    return UnitHistory(told[0].start, units, source, predictions)
