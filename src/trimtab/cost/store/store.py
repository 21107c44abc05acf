"""Which days of which series are known for good, and which are asked for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from filelock import FileLock, Timeout

from trimtab.cost.home import home
from trimtab.cost.model import Defect
from trimtab.cost.store.day import SCHEMA, DayFile
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pandas as pd

    from trimtab.cost.sources.port import Asked, Fetch

# "Data points with time stamps from 24 hours ago or longer can take at least 48 hours to become available":
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
LATE = timedelta(days=2)
"""A day is known for good where it was read this long after its end; younger ones are read again."""

_AT_ONCE = 7
"""Days that are asked for and kept together: an interrupted first run keeps the weeks that it has read."""

_LOCK_SECONDS = 300


def default_folder() -> Path:
    """Return `$TRIMTAB_HOME/usage`."""
    return home() / "usage"


@dataclass(frozen=True)
class Store:
    """A keeper of points below `folder/source=NAME/day=DATE/`, whole days in UTC.

    Attributes:
        now: when this run reads.
        offline: answer from the store alone.
    """

    folder: Path
    source: str
    now: datetime
    offline: bool = False

    def newest(self) -> datetime | None:
        """Return when the store was read into last, where nothing else may be asked; None: ask the server.

        Raises:
            UserError: offline, and the store holds nothing of this source.
        """
        if not self.offline:
            return None
        days = sorted(path for path in self._source.glob("day=*") if path.is_dir())
        last = pc.max(DayFile(days[-1]).read()["read_at"]).as_py() if days else None
        if last is None:
            raise UserError(
                f"--store {self.folder}: holds nothing of {self.source}, and --offline asks nobody else",
                remedy="read it once without --offline, or name the store that was read into.",
            )
        moment: datetime = last.replace(tzinfo=UTC)
        return moment

    def read(
        self, asked: Sequence[Asked], since: datetime, until: datetime, fetch: Fetch
    ) -> tuple[pd.DataFrame, list[Defect]]:
        """Return points from the store, after asking for the days that it does not know for good.

        Raises:
            WorldError: the server cannot be reached, or the store cannot be written.
        """
        days = list(_days(since, until))
        lacking = self._lacking(asked, days, known=self.offline)
        if not self.offline:
            # Whole days, but never the future; a server's clock may be a little before ours.
            end = max(until, min(_midnight(days[-1]) + timedelta(days=1), self.now)) if days else until
            for first, series in sorted(lacking.items()):
                self._backfill(series, first, end, fetch)
        missing = sum(len(series) for series in lacking.values()) if self.offline else 0
        repair = "series that the store does not hold for some of the days, and --offline asks nobody else"
        return self._points(asked, days, since, until), (
            [Defect(code="not-in-store", count=missing, repair=repair)] if missing else []
        )

    @property
    def _source(self) -> Path:
        return self.folder / f"source={self.source}"

    def _lacking(self, asked: Sequence[Asked], days: list[date], *, known: bool) -> dict[date, list[Asked]]:
        """Return the series by the first day that is not known for good; `known`: not known at all."""
        keys = [one.key for one in asked]
        first: dict[str, date] = {}
        for day in days:
            rows = DayFile.of(self._source, day).read(keys)
            marks = rows.filter(pc.is_valid(rows["read_at"]))
            final = _midnight(day) + timedelta(days=1) + LATE
            there = {
                key
                for key, at in zip(marks["key"].to_pylist(), marks["read_at"].to_pylist(), strict=True)
                if known or at.replace(tzinfo=UTC) >= final
            }
            for key in keys:
                if key not in there:
                    first.setdefault(key, day)
        lacking: defaultdict[date, list[Asked]] = defaultdict(list)
        for one in asked:
            if one.key in first:
                lacking[first[one.key]].append(one)
        return lacking

    def _backfill(self, series: list[Asked], first: date, end: datetime, fetch: Fetch) -> None:
        begin = _midnight(first)
        while begin < end:
            stop = min(begin + timedelta(days=_AT_ONCE), end)
            frame = fetch(series, begin, stop)
            by_day = dict(iter(frame.groupby(frame["ts"].dt.date)))
            for day in _days(begin, stop):
                self._put(day, series, by_day.get(day, frame.iloc[:0]))
            begin = stop

    def _put(self, day: date, series: list[Asked], frame: pd.DataFrame) -> None:
        points = pa.Table.from_pandas(frame[["key", "ts", "value"]], preserve_index=False)
        points = points.append_column("read_at", pa.nulls(len(points), pa.timestamp("us"))).cast(SCHEMA)
        read_at = self.now.astimezone(UTC).replace(tzinfo=None)
        marks = [{"key": one.key, "ts": None, "value": None, "read_at": read_at} for one in series]
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / ".lock", timeout=_LOCK_SECONDS):
                DayFile.of(self._source, day).put(pa.concat_tables([points, pa.Table.from_pylist(marks, SCHEMA)]))
        except Timeout as error:
            raise WorldError(
                f"--store {self.folder}: another run has held its lock for {_LOCK_SECONDS} s",
                remedy="let that run end, or name another store.",
            ) from error

    def _points(self, asked: Sequence[Asked], days: list[date], since: datetime, until: datetime) -> pd.DataFrame:
        keys = [one.key for one in asked]
        tables = [SCHEMA.empty_table(), *(DayFile.of(self._source, day).read(keys) for day in days)]
        whole = pa.concat_tables(tables)
        low, high = (pa.scalar(at.astimezone(UTC).replace(tzinfo=None), pa.timestamp("us")) for at in (since, until))
        inside = pc.and_(pc.greater_equal(whole["ts"], low), pc.less(whole["ts"], high))
        frame: pd.DataFrame = whole.filter(inside).select(["key", "ts", "value"]).to_pandas()
        return frame.astype({"ts": "datetime64[us]"})


def _days(since: datetime, until: datetime) -> Iterator[date]:
    """Every UTC day that has a moment from `since` until before `until`."""
    day = since.astimezone(UTC).date()
    while _midnight(day) < until:
        yield day
        day += timedelta(days=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
