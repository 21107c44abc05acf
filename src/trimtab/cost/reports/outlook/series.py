"""What each subject cost in each hour: units that ran times the hourly list price."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.model import HOURS_PER_MONTH, Price
from trimtab.cost.reports.model import Cost

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trimtab.cost.model import Pricing
    from trimtab.cost.reports.history import UnitHistory
    from trimtab.cost.reports.model import Line


@dataclass(frozen=True)
class Spend:
    """One subject over time.

    Attributes:
        money: an hour a value, in the report's currency; NaN before the first hour that is known.
        units: the same in units.
    """

    line: Line
    money: np.ndarray
    units: np.ndarray


def spends(lines: Iterable[Line], history: UnitHistory, prices: Mapping[str, Pricing]) -> tuple[Spend, ...]:
    """Return every priced subject of which all members told how many units ran."""
    found = []
    for line in lines:
        if not isinstance(line.cost, Cost) or not all(name in history.units for name in line.members):
            continue
        hourly = [prices.get(name) for name in line.members]
        units = [history.units[name] for name in line.members]
        money = [
            float(price.hourly) * one
            for price, one in zip(hourly, units, strict=True)
            if isinstance(price, Price)
        ]  # fmt: skip
        if money and len(money) == len(units):
            found.append(Spend(line, np.sum(money, axis=0), np.sum(units, axis=0)))
    return tuple(found)


def constant_hourly(lines: Iterable[Line], told: Iterable[Spend]) -> Decimal:
    """Return what an hour of the other priced subjects costs, of which nothing told how many units ran when."""
    names = {one.line.subject for one in told}
    rest = (line.cost.monthly for line in lines if isinstance(line.cost, Cost) and line.subject not in names)
    return sum(rest, Decimal(0)) / HOURS_PER_MONTH


def amount(value: float) -> Decimal:
    """Return money that statistics worked out, to a hundredth of a cent."""
    return Decimal(repr(round(float(value), 4)))
