"""Speed: `python -m benchmarks.analyser [MILLIONS]`; samples to advice against a bare scan and pandas, in one run.

Samples are made, spread over resources at five-minute steps, twice: resource after resource, and moment after moment
(as a scraper writes them). Each file lies in a folder that is removed at the end.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

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


def _timed(what: str, count: int, seconds: float) -> float:
    rate = count / seconds / MILLION
    print(f"  {what:34} {seconds:8.2f} s {rate:8.1f} M samples/s")
    return rate


def measure(path: Path, resources: int) -> None:
    """Time the three ways over one file."""
    count = resources * SAMPLES_A_RESOURCE
    began = time.perf_counter()
    with duckdb.connect() as bare:
        bare.execute("SELECT resource_id, count(*), max(value) FROM read_parquet(?) GROUP BY 1", [str(path)]).fetchall()
    scan = _timed("DuckDB: scan, count, max", count, time.perf_counter() - began)

    few = pd.read_parquet(path, filters=[("resource_id", "in", [f"vm-{n}" for n in range(PANDAS_RESOURCES)])])
    began = time.perf_counter()
    few.groupby("resource_id")["value"].quantile(np.array([0.5, 0.95, 0.99]))
    pandas = _timed("pandas: group quantiles (a part)", len(few), time.perf_counter() - began)

    inventory = [Resource(resource_id=f"vm-{n}", kind="machine") for n in range(resources)]
    began = time.perf_counter()
    recommend(inventory, UsageFile(connect(), path), Snapshot(), STRATEGIES["trimtab"], profile=False)
    ours = _timed("trimtab: samples to advice", count, time.perf_counter() - began)
    print(f"  against the bare scan {ours / scan:.2f} (goal ≥ 0.33), against pandas {ours / pandas:.1f} (goal ≥ 20)")
    print(f"  highest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MILLION:.2f} GB")


def main() -> None:
    """Make the samples, time, clean up."""
    millions = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    resources = max(PANDAS_RESOURCES, round(millions * MILLION / SAMPLES_A_RESOURCE))
    for order, rows in ORDERS.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "usage.parquet"
            made = rows.format(resources=resources, samples=SAMPLES_A_RESOURCE)
            duckdb.sql(MAKE.format(rows=made, path=path))
            print(f"{resources:,} resources, {resources * SAMPLES_A_RESOURCE / MILLION:.1f} M samples, {order}")
            measure(path, resources)


if __name__ == "__main__":
    main()
