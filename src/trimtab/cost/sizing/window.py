"""Daily histograms of many keys as one array, of which any run of days is a difference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from trimtab.cost.model.daily import Daily


@dataclass(frozen=True)
class Window:
    """Samples of each key (a resource and metric) by bin, in a run of its own days.

    Attributes:
        keys: number of each key.
        resources: number of the resource of each key.
        lowest: bin of the first column.
        born: first day with a sample of each key, since 1970.
        running: samples before each day: key, days since its first one, bin.
        totals: the same over all bins.
        start, end: the run of days, counted from `born`; the end is not part of it.
    """

    keys: pd.Index
    resources: np.ndarray
    lowest: int
    born: np.ndarray
    running: np.ndarray
    totals: np.ndarray
    start: np.ndarray
    end: np.ndarray

    @classmethod
    def of(cls, daily: Daily) -> Window:
        """Lay out all days of a block with at least one sample."""
        days = daily.days
        first = ~days["key"].duplicated().to_numpy()
        place = np.cumsum(first) - 1
        day = days["day"].to_numpy(dtype="int64")
        born = day[first]
        since = day - born[place]
        lowest = int(daily.bins.min())
        shape = (len(born), int(since.max()) + 2, int(daily.bins.max()) - lowest + 1)
        running = np.zeros(shape, dtype="int32")
        base = (place * shape[1] + since + 1) * shape[2] - lowest
        running.reshape(-1)[np.repeat(base, daily.sizes) + daily.bins] = daily.counts
        np.cumsum(running, axis=1, out=running)
        totals = running.sum(axis=2, dtype="int64")
        nothing = np.zeros(len(born), dtype="int64")
        resources = days["resource"].to_numpy()[first]
        keys = pd.Index(days["key"][first])
        return cls(keys, resources, lowest, born, running, totals, nothing, nothing + shape[1] - 1)

    @property
    def counts(self) -> np.ndarray:
        """Samples of each key and bin."""
        rows = np.arange(len(self.keys))
        counts: np.ndarray = self.running[rows, self.end] - self.running[rows, self.start]
        return counts

    @property
    def sizes(self) -> np.ndarray:
        """Samples of each key."""
        rows = np.arange(len(self.keys))
        sizes: np.ndarray = self.totals[rows, self.end] - self.totals[rows, self.start]
        return sizes

    @property
    def first_day(self) -> np.ndarray:
        """First day with a sample of each key, since 1970; meaningless where there is none."""
        before = np.take_along_axis(self.totals, self.start[:, None], axis=1)
        first: np.ndarray = self.born + (self.totals > before).argmax(axis=1) - 1
        return first

    @property
    def last_day(self) -> np.ndarray:
        """Last day with a sample of each key, since 1970; meaningless where there is none."""
        until = np.take_along_axis(self.totals, self.end[:, None], axis=1)
        last: np.ndarray = self.born + (self.totals >= until).argmax(axis=1) - 1
        return last

    def only(self, rows: np.ndarray) -> Window:
        """Return the keys for which `rows` is true."""
        parts = ("resources", "born", "running", "totals", "start", "end")
        return replace(self, keys=self.keys[rows], **{name: getattr(self, name)[rows] for name in parts})

    def recent(self, days: int) -> Window:
        """Return each key's last `days` days, counted from its own newest day."""
        end = self.last_day - self.born + 1
        return replace(self, start=np.maximum(self.start, end - days), end=np.maximum(end, self.start))

    def until(self, day: np.ndarray) -> Window:
        """Return the days before `day` of each key, since 1970."""
        return replace(self, end=np.clip(day - self.born, self.start, self.end))

    def since(self, day: np.ndarray) -> Window:
        """Return the days from `day` on of each key, since 1970."""
        return replace(self, start=np.clip(day - self.born, self.start, self.end))

    def lives(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the first and the last day with a sample of each key's resource, since 1970."""
        span = pd.DataFrame({"resource": self.resources, "first": self.first_day, "last": self.last_day})
        whole = span[self.sizes > 0].groupby("resource").agg({"first": "min", "last": "max"})
        ordered = whole.reindex(self.resources).fillna(0)
        return ordered["first"].to_numpy(), ordered["last"].to_numpy()

    def cut(self, share: float) -> tuple[Window, Window]:
        """Part the days at a share of each resource's life: what was seen by then, and what came later."""
        first, last = self.lives()
        moment = np.ceil(first + (last - first + 1) * share).astype("int64")
        return self.until(moment), self.since(moment)

    def weights(self, half_life_days: float) -> np.ndarray:
        """Return what each day weighs of each key: a half for each half-life before its newest one, 0 outside."""
        day = np.arange(self.running.shape[1] - 1)
        inside = (day >= self.start[:, None]) & (day < self.end[:, None])
        age = (self.last_day - self.born)[:, None] - day
        return np.where(inside, np.exp2(-age / half_life_days), 0.0)

    def aged(self, half_life_days: float) -> np.ndarray:
        """Return the weight of each key and bin: a half for each half-life before the key's newest day."""
        weight = self.weights(half_life_days)
        weighed: np.ndarray = np.einsum("kd,kdb->kb", weight, np.diff(self.running, axis=1))
        return weighed
