"""A server of points that counts what it is asked; `python -m tests.cost.store.server FOLDER` backfills a store."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from trimtab.cost.sources.port import Asked
from trimtab.cost.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
SERIES = [Asked(f"cpu of {name}", name, "cpu_utilization_percent") for name in ("a", "b", "quiet")]


@dataclass
class Server:
    """One point an hour of each series but `quiet`; points are the same whenever they are asked for.

    Attributes:
        asked: keys, since and until of each question.
        late: added to points of that day, which arrived after they were first asked for.
    """

    asked: list[tuple[tuple[str, ...], datetime, datetime]] = field(default_factory=list)
    late: dict[datetime, float] = field(default_factory=dict)

    def fetch(self, wanted: Sequence[Asked], since: datetime, until: datetime) -> pd.DataFrame:
        keys = tuple(one.key for one in wanted)
        self.asked.append((keys, since, until))
        frames = [self.points(one, since, until) for one in wanted if one.resource_id != "quiet"]
        empty = pd.DataFrame({"key": pd.Series(dtype="str"), "ts": pd.Series(dtype="datetime64[us]"), "value": []})
        return pd.concat([empty, *frames], ignore_index=True)

    def points(self, one: Asked, since: datetime, until: datetime) -> pd.DataFrame:
        moments = pd.date_range(pd.Timestamp(since).ceil("h"), until, freq="h", inclusive="left").tz_convert("UTC")
        days = moments.normalize()
        value = moments.hour + 100.0 * moments.day_of_year + len(one.key)
        value = value + [self.late.get(day.to_pydatetime(), 0.0) for day in days]
        return pd.DataFrame({"key": one.key, "ts": moments.tz_localize(None).astype("datetime64[us]"), "value": value})


def main() -> None:
    """Backfill four weeks, and say after each question that was answered."""
    server = Server()
    store = Store(Path(sys.argv[1]), "recorded", MONDAY)

    def fetch(wanted: Sequence[Asked], since: datetime, until: datetime) -> pd.DataFrame:
        print(f"asked {since:%Y-%m-%d}", flush=True)  # noqa: T201  # heard by the test
        return server.fetch(wanted, since, until)

    store.read(SERIES, MONDAY - timedelta(days=28), MONDAY, fetch)
    print("done", flush=True)  # noqa: T201  # as above


if __name__ == "__main__":
    main()
