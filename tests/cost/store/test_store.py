"""What is asked again and what is not, with a server that counts; and that it always says what the server says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from tests.cost.store.server import MONDAY, SERIES, Server
from trimtab.cost.sources.port import UNKEPT, Asked
from trimtab.cost.store.day import DayFile
from trimtab.cost.store.store import LATE, Store
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

FOUR_WEEKS = timedelta(days=28)


def read(
    folder: Path, server: Server, now: datetime, series: Sequence[Asked] = SERIES, *, offline: bool = False
) -> pd.DataFrame:
    frame, _ = Store(folder, "recorded", now, offline).read(series, now - FOUR_WEEKS, now, server.fetch)
    return ordered(frame)


def unkept(server: Server, now: datetime, series: Sequence[Asked] = SERIES) -> pd.DataFrame:
    return ordered(UNKEPT.read(series, now - FOUR_WEEKS, now, Server(late=server.late).fetch)[0])


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["key", "ts"]).reset_index(drop=True)


def hours(server: Server) -> float:
    """Hours of series that were asked for."""
    return sum(len(keys) * (until - since).total_seconds() / 3600 for keys, since, until in server.asked)


def test_the_next_week_asks_for_what_is_new_and_for_the_days_that_may_have_been_late(tmp_path: Path) -> None:
    server, later = Server(), MONDAY + timedelta(days=7, hours=9, minutes=30)
    pd.testing.assert_frame_equal(read(tmp_path, server, MONDAY), unkept(server, MONDAY))
    assert hours(server) == len(SERIES) * 28 * 24
    server.asked.clear()
    pd.testing.assert_frame_equal(read(tmp_path, server, later), unkept(server, later))
    assert min(since for _, since, _ in server.asked) == MONDAY - LATE
    assert hours(server) == len(SERIES) * (LATE + timedelta(days=7, hours=9.5)) / timedelta(hours=1)


def test_points_that_came_late_are_read_and_days_known_for_good_are_not_read_again(tmp_path: Path) -> None:
    server = Server()
    before = read(tmp_path, server, MONDAY)
    young, old = MONDAY - timedelta(days=1), MONDAY - timedelta(days=5)
    server.late = {young: 0.5, old: 0.5}
    now = MONDAY + timedelta(hours=1)
    after = read(tmp_path, server, now)
    moved = after.merge(before, on=["key", "ts"]).query("value_x != value_y")
    assert set(moved["ts"].dt.normalize()) == {pd.Timestamp(young).tz_localize(None)}
    assert len(moved) == 2 * 24


def test_a_new_series_is_asked_for_alone(tmp_path: Path) -> None:
    server = Server()
    read(tmp_path, server, MONDAY)
    server.asked.clear()
    more = [*SERIES, Asked("memory of a", "a", "memory_utilization_percent")]
    pd.testing.assert_frame_equal(read(tmp_path, server, MONDAY, more), unkept(server, MONDAY, more))
    old = [(keys, since) for keys, since, _ in server.asked if since < MONDAY - LATE]
    assert {keys for keys, _ in old} == {("memory of a",)}
    # And a series that the store does not share with this run stays.
    pd.testing.assert_frame_equal(read(tmp_path, Server(), MONDAY, offline=True), unkept(server, MONDAY))


def test_a_span_that_ends_in_the_past_keeps_whole_days(tmp_path: Path) -> None:
    server, store = Server(), Store(tmp_path, "recorded", MONDAY)
    noon = MONDAY - timedelta(days=9, hours=12)
    first, _ = store.read(SERIES, noon - timedelta(days=1), noon, server.fetch)
    assert first["ts"].max() == pd.Timestamp(noon - timedelta(hours=1)).tz_localize(None)
    server.asked.clear()
    whole, _ = store.read(SERIES, noon, noon + timedelta(hours=12), server.fetch)
    assert server.asked == []
    assert len(whole) == 2 * 12


def test_offline_replays_and_asks_nobody(tmp_path: Path) -> None:
    server = Server()
    before = read(tmp_path, server, MONDAY)
    server.asked.clear()
    store = Store(tmp_path, "recorded", MONDAY + timedelta(days=300), offline=True)
    assert store.newest() == MONDAY
    frame, defects = store.read(SERIES, MONDAY - FOUR_WEEKS, MONDAY, server.fetch)
    pd.testing.assert_frame_equal(ordered(frame), before)
    assert (server.asked, defects) == ([], [])
    unknown = [*SERIES, Asked("memory of a", "a", "memory_utilization_percent")]
    _, defects = store.read(unknown, MONDAY - FOUR_WEEKS, MONDAY, server.fetch)
    assert [(one.code, one.count) for one in defects] == [("not-in-store", 1)]


def test_offline_with_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds nothing of recorded"):
        Store(tmp_path, "recorded", MONDAY, offline=True).newest()
    assert Store(tmp_path, "recorded", MONDAY).newest() is None


def test_a_broken_file_is_read_anew(tmp_path: Path) -> None:
    server = Server()
    before = read(tmp_path, server, MONDAY)
    broken = tmp_path / "source=recorded" / "day=2026-11-10" / "points.parquet"
    broken.write_bytes(broken.read_bytes()[:40])
    server.asked.clear()
    pd.testing.assert_frame_equal(read(tmp_path, server, MONDAY), before)
    assert min(since for _, since, _ in server.asked).day == 10


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "source=recorded").write_text("a file where a folder is to be")
    with pytest.raises(WorldError, match="cannot be written"):
        read(tmp_path, Server(), MONDAY)


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    read(tmp_path, Server(), MONDAY)
    day = DayFile.of(tmp_path / "source=recorded", MONDAY.date() - timedelta(days=1))
    (day.folder / "points.parquet.999.partial").write_bytes(b"PAR1")
    read(tmp_path, Server(), MONDAY)
    assert [path.name for path in day.folder.iterdir()] == ["points.parquet"]


def test_nothing_asked_is_nothing_read(tmp_path: Path) -> None:
    server = Server()
    read(tmp_path, server, MONDAY)
    server.asked.clear()
    assert read(tmp_path, server, MONDAY, []).empty
    assert server.asked == []
