"""Units by hour from a file, for fleets whose metrics are kept elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from trimtab.cost.reports.history.units import UnitHistory, of_points
from trimtab.cost.sources.files import open_table
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from ibis.backends.duckdb import Backend

COLUMNS = ("resource_id", "ts", "units")


def from_file(connection: Backend, path: Path, until: datetime) -> UnitHistory:
    """Read Parquet or CSV with `resource_id`, `ts` (UTC where it names no zone) and `units`.

    Raises:
        UserError: it cannot be read, or holds what is no time or no number.
    """
    try:
        frame = open_table(connection, path, COLUMNS, "--history")[list(COLUMNS)].to_pandas()
    except duckdb.Error as error:
        raise _broken(path, str(error).splitlines()[0]) from error
    try:
        ts = pd.to_datetime(frame["ts"], utc=True).dt.tz_localize(None)
        units = pd.to_numeric(frame["units"])
    except (ValueError, TypeError) as error:
        raise _broken(path, str(error).splitlines()[0]) from error
    if (units < 0).any():
        raise _broken(path, f"{units.min():g} units")
    points = pd.DataFrame({"resource_id": frame["resource_id"].astype(str), "ts": ts, "units": units.astype("float64")})
    return of_points(points, until, f"units that ran, from {path.name}")


def _broken(path: Path, what: str) -> UserError:
    return UserError(
        f"--history {path}: {what}",
        remedy="give ts as a time in ISO 8601 and units as a number from 0 on.",
    )
