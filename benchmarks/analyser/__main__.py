"""Speed: `python -m benchmarks.analyser [--samples MILLIONS] [--resources N]`; samples to advice against its peers.

In one run, over the same files: DuckDB's bare scan, pandas' group quantiles, and trimtab on as many samples and on ten
times as many. Samples are spread over resources at five-minute steps, twice: resource after resource, and moment after
moment (as a scraper writes them). Each file lies in a folder that is removed at the end.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd

from trimtab.cost.model import Resource
from trimtab.cost.pipeline import recommend
from trimtab.cost.prices.snapshot import Snapshot
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sources.engine import connect
from trimtab.cost.sources.files import UsageFile

MILLION = 1_000_000
SAMPLES_A_RESOURCE = 28 * 288  # four weeks of five minutes
PANDAS_RESOURCES = 100
"""pandas is measured on a part and scaled: it would not hold the whole."""
TIMES = 3
"""The quickest of so many counts, for each peer alike; what takes longer than `LONG` seconds is run once."""
LONG = 30

MAKE = """
COPY (
    SELECT 'vm-' || r AS resource_id, 'cpu_utilization_percent' AS metric,
           TIMESTAMP '2026-01-05' + to_seconds(300 * s) AS ts,
           least(100, abs(sin(s / 288.0 * 6.283 + r)) * (r % 60) + random() * 20) AS value
    FROM ({rows})
) TO '{path}' (FORMAT parquet)
"""
ORDERS = {
    "resource after resource": "SELECT r, unnest(range({samples})) AS s FROM range({resources}) AS resources(r)",
    "moment after moment": "SELECT unnest(range({resources})) AS r, s FROM range({samples}) AS samples(s)",
}


class Size(NamedTuple):
    """How much there is of what is read."""

    resources: int
    samples: int

    @property
    def total(self) -> int:
        """All samples."""
        return self.resources * self.samples


def _bare(path: Path) -> None:
    with duckdb.connect() as bare:
        bare.execute("SELECT resource_id, count(*), max(value) FROM read_parquet(?) GROUP BY 1", [str(path)]).fetchall()


def _pandas(samples: pd.DataFrame) -> None:
    samples.groupby("resource_id")["value"].quantile(np.array([0.5, 0.95, 0.99]))


def _trimtab(path: Path, size: Size) -> None:
    inventory = [Resource(resource_id=f"vm-{n}", kind="machine") for n in range(size.resources)]
    document = recommend(inventory, UsageFile(connect(), path), Snapshot(), STRATEGIES["trimtab"], profile=False)
    assert len(document.advice) == size.resources  # noqa: S101  # a benchmark of less would be none


class Timed(NamedTuple):
    """What one way took."""

    seconds: float
    rate: float


def _timed(what: str, count: int, way: object, *args: object) -> Timed:
    assert callable(way)  # noqa: S101
    best = float("inf")
    for _ in range(TIMES):
        began = time.perf_counter()
        way(*args)
        best = min(best, time.perf_counter() - began)
        if best > LONG:
            break
    rate = count / best / MILLION
    print(f"  {what:40} {best:8.2f} s {rate:8.1f} M samples/s", flush=True)
    return Timed(best, rate)


def measure(folder: Path, rows: str, size: Size) -> None:
    """Time all ways over one file, and trimtab over another of ten times as many resources."""
    path, tenfold = folder / "usage.parquet", folder / "tenfold.parquet"
    more = Size(size.resources * 10, size.samples)
    for made, to in ((size, path), (more, tenfold)):
        duckdb.sql(MAKE.format(rows=rows.format(resources=made.resources, samples=made.samples), path=to))
    names = [f"vm-{n}" for n in range(PANDAS_RESOURCES)]
    few = pd.read_parquet(path, columns=["resource_id", "value"], filters=[("resource_id", "in", names)])
    scan = _timed("DuckDB: scan, count, max", size.total, _bare, path)
    pandas = _timed("pandas: group quantiles (a part)", len(few), _pandas, few)
    ours = _timed("trimtab: samples to advice", size.total, _trimtab, path, size)
    tens = _timed("trimtab: ten times the data", more.total, _trimtab, tenfold, more)
    print(f"  against pandas {ours.rate / pandas.rate:.1f} and {tens.rate / pandas.rate:.1f} (goal ≥ 20)")
    print(f"  against the bare scan {ours.rate / scan.rate:.2f} (goal ≥ 0.33)")
    print(f"  ten times the data takes {tens.seconds / ours.seconds:.1f} times the time (goal ≤ 11)")
    print(f"  highest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MILLION:.2f} GB (goal < 4.29)")


def main() -> None:
    """Make the samples, time, clean up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=float, default=10, help="millions of samples; ten times as many are read too")
    parser.add_argument("--resources", type=int, help="by default as many as have four weeks each")
    asked = parser.parse_args()
    whole = round(asked.samples * MILLION)
    resources = asked.resources or max(PANDAS_RESOURCES, round(whole / SAMPLES_A_RESOURCE))
    size = Size(resources, max(1, whole // resources))
    for order, rows in ORDERS.items():
        with tempfile.TemporaryDirectory() as folder:
            print(f"{size.resources:,} resources, {size.total / MILLION:.1f} M samples, {order}", flush=True)
            measure(Path(folder), rows, size)


if __name__ == "__main__":
    main()
