"""The month: what it has cost so far, and what it will have cost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.reports.model.outlook import Forecast, MonthDay, Unforeseen
from trimtab.cost.reports.outlook.series import amount
from trimtab.cost.reports.outlook.simulate import DRAWS, LEAST_DAYS, MOST_DAYS, Futures, futures

if TYPE_CHECKING:
    from decimal import Decimal

    from trimtab.cost.reports.model.outlook import Foresight
    from trimtab.cost.reports.outlook.anomalies import Judged

CONFIDENCE = 0.8
METHOD = "seasonal naive with median drift; range by block bootstrap of past weekly errors"
_DAY = 24
_ONE_DAY = timedelta(days=1)


def forecast(
    hourly: np.ndarray, start: datetime, *, judged: Judged, constant: Decimal, budget: Decimal | None
) -> Foresight:
    """Foresee the calendar month that the last hour lies in.

    Args:
        hourly: spend of all told subjects, an hour a value; its end is now.
        start: the first hour, UTC.
        judged: the same without anomalies, and what those that last cost more in an hour.
        constant: spend an hour of what nothing told the history of.
        budget: of the month.
    """
    now = start + timedelta(hours=len(hourly))
    first, last = _month(now)
    midnight = now.replace(hour=0, minute=0)
    days = _whole_days(judged.usual, start, midnight)
    if len(days) < LEAST_DAYS:
        return Unforeseen(
            reason=f"the number of units that ran is known for {len(days)} whole days; {LEAST_DAYS} are needed"
        )
    ahead = _ahead(days, (last - midnight).days, judged.lasting * _DAY, rest_of_today=1 - (now - midnight) / _ONE_DAY)
    path = _path(hourly, start, ahead, fixed=float(constant))
    end = path[-1]
    return Forecast(
        month=f"{first:%Y-%m}",
        so_far=amount(_spent(hourly, start, first, now)) + constant * _hours(now - first),
        expected=end.expected,
        low=end.low,
        high=end.high,
        confidence=CONFIDENCE,
        over_budget=None
        if budget is None
        else _over(hourly, start, ahead, limit=budget - constant * _hours(last - first)),
        constant=constant * _hours(last - first),
        history_days=min(len(days), MOST_DAYS),
        method=METHOD,
        path=path,
    )


def _ahead(days: np.ndarray, left: int, lasting: float, *, rest_of_today: float) -> Futures:
    """Foresee the days from today on, of which today's begun one counts only for what is left of it."""
    if left <= 0:
        return Futures(np.zeros(0), np.zeros((DRAWS, 0)))
    whole = futures(days, left, lasting)
    share = np.concatenate([[rest_of_today], np.ones(left - 1)])
    return Futures(whole.expected * share, whole.drawn * share)


def _spent(hourly: np.ndarray, start: datetime, since: datetime, until: datetime) -> float:
    return float(np.nansum(hourly[max(_hours(since - start), 0) : max(_hours(until - start), 0)]))


def _over(hourly: np.ndarray, start: datetime, ahead: Futures, *, limit: Decimal) -> float:
    now = start + timedelta(hours=len(hourly))
    totals = _spent(hourly, start, _month(now)[0], now) + ahead.drawn.sum(axis=1)
    return float(np.mean(totals > float(limit)))


def _path(hourly: np.ndarray, start: datetime, ahead: Futures, *, fixed: float) -> tuple[MonthDay, ...]:
    now = start + timedelta(hours=len(hourly))
    first, last = _month(now)
    midnight = now.replace(hour=0, minute=0)
    path = []
    for number in range((last - first).days):
        end = first + timedelta(days=number + 1)
        known = _spent(hourly, start, first, min(end, now)) + fixed * _hours(end - first)
        until = max((end - midnight).days, 0)
        low, high = np.quantile(ahead.drawn[:, :until].sum(axis=1), (0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2))
        middle = float(ahead.expected[:until].sum())
        path.append(
            MonthDay(
                day=(end - _ONE_DAY).date(),
                expected=amount(known + middle),
                # A skewed past may leave the forecast itself outside of what its errors span.
                low=amount(known + min(low, middle)),
                high=amount(known + max(high, middle)),
            )
        )
    return tuple(path)


def _month(now: datetime) -> tuple[datetime, datetime]:
    """Return the first moment of the month of the hour that ends now, and of the one after it."""
    inside = now - timedelta(hours=1)
    first = inside.replace(day=1, hour=0, minute=0)
    return first, (first + timedelta(days=32)).replace(day=1)


def _hours(span: timedelta) -> int:
    return int(span.total_seconds() // 3600)


def _whole_days(hourly: np.ndarray, start: datetime, midnight: datetime) -> np.ndarray:
    """Add hours up to days, from the first day that is wholly known to yesterday."""
    begin = (_DAY - start.hour) % _DAY
    until = _hours(midnight - start)
    whole = hourly[begin:until].reshape(-1, _DAY).sum(axis=1) if until > begin else np.zeros(0)
    known = np.flatnonzero(~np.isnan(whole))
    result: np.ndarray = whole[known[0] :] if len(known) else np.zeros(0)
    return result
