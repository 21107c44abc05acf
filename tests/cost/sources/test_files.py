"""Usage files: what is read, what is refused, and with which words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.cost.sources.build import samples_of, write
from trimtab.cost.sources.files import UsageFile
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from ibis.backends.duckdb import Backend

GOOD = samples_of({"a": [1, 2, 3]})


def read(connection: Backend, path: Path, until: datetime | None = None) -> pd.DataFrame:
    frame = UsageFile(connection, path).samples((), until).table.to_pandas()
    ordered: pd.DataFrame = frame.sort_values("ts", ignore_index=True)
    return ordered


@pytest.mark.parametrize("name", ["u.parquet", "u.csv"])
def test_both_forms_read_the_same(connection: Backend, tmp_path: Path, name: str) -> None:
    frame = read(connection, write(GOOD, tmp_path / name))
    assert frame["value"].tolist() == [1, 2, 3]
    assert frame["ts"].tolist() == GOOD["ts"].tolist()


def test_until_leaves_out_what_is_not_before_it(connection: Backend, tmp_path: Path) -> None:
    path = write(GOOD, tmp_path / "u.parquet")
    frame = read(connection, path, datetime(2026, 1, 5, 0, 10, tzinfo=UTC))
    assert frame["value"].tolist() == [1, 2]


@pytest.mark.parametrize(("zone", "hour"), [("UTC", 0), ("Europe/Berlin", 23), ("America/New_York", 5), (None, 0)])
@pytest.mark.parametrize("name", ["u.parquet", "u.csv"])
def test_every_time_zone_becomes_utc(
    connection: Backend, tmp_path: Path, name: str, zone: str | None, hour: int
) -> None:
    frame = GOOD.assign(ts=GOOD["ts"].dt.tz_localize(zone))
    source = UsageFile(connection, write(frame, tmp_path / name)).samples((), None)
    assert source.table.to_pandas()["ts"].min().hour == hour
    assert [(one.code, one.count) for one in source.defects] == ([] if zone else [("time-without-zone", 3)])


def test_broken_cells_are_kept_as_unknown_and_not_lost(connection: Backend, tmp_path: Path) -> None:
    path = tmp_path / "u.csv"
    path.write_text(
        "resource_id,metric,ts,value\na,cpu_utilization_percent,2026-01-05T00:00:00Z,high\n"
        "a,cpu_utilization_percent,yesterday,5\n"
    )
    frame = read(connection, path)
    assert len(frame) == 2
    assert frame["value"].isna().sum() == 1
    assert frame["ts"].isna().sum() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("absent.csv", None, ["does not exist"]),
        ("u.csv", "resource_id,metric,ts,value\n", ["holds no samples"]),
        ("u.csv", "", ["is empty"]),
        ("u.csv", "resource_id,metric,time,value\na,m,2026-01-05,1\n", ["no column ts", "time"]),
        ("u.parquet", "this is no parquet", ["cannot be read"]),
        ("u.xlsx", "x", [".xlsx", "allowed: .parquet"]),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    connection: Backend, tmp_path: Path, name: str, content: str | None, words: list[str]
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    with pytest.raises(UserError) as refused:
        UsageFile(connection, path).samples((), None)
    for word in [*words, str(path)]:
        assert word in str(refused.value)


@pytest.mark.parametrize("column", ["ts", "value"])
def test_a_column_of_another_type_is_refused(connection: Backend, tmp_path: Path, column: str) -> None:
    frame = GOOD.assign(**{column: [True, False, True]})
    with pytest.raises(UserError, match=f"{column} is boolean"):
        UsageFile(connection, write(frame, tmp_path / "u.parquet")).samples((), None)
