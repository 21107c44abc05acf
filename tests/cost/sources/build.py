"""Small usage and inventories, as files and as recorded samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from trimtab.cost.model import Resource
from trimtab.cost.sources.engine import in_memory
from trimtab.cost.sources.port import Samples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    import numpy as np
    from ibis.backends.duckdb import Backend

CPU = "cpu_utilization_percent"
GPU = "gpu_utilization_percent"


@dataclass(frozen=True)
class Recorded:
    """A source that holds its samples itself, behind the port."""

    connection: Backend
    frame: pd.DataFrame

    def samples(self, resources: Sequence[Resource], until: datetime | None) -> Samples:  # noqa: ARG002  # the port's
        frame = self.frame if until is None else self.frame[self.frame["ts"] < until.replace(tzinfo=None)]
        return Samples(in_memory(self.connection, frame), "recorded")


def samples_of(
    values: Mapping[str, Sequence[float] | np.ndarray], metric: str = CPU, start: str = "2026-01-05", step: str = "5min"
) -> pd.DataFrame:
    """Long samples: resource → values on a regular step."""
    frames = [
        pd.DataFrame(
            {
                "resource_id": name,
                "metric": metric,
                "ts": pd.date_range(start, periods=len(series), freq=step).astype("datetime64[us]"),
                "value": pd.Series(series, dtype="float64"),
            }
        )
        for name, series in values.items()
    ]
    return pd.concat(frames, ignore_index=True)


def machines(*names: str) -> list[Resource]:
    return [Resource(resource_id=name, kind="machine") for name in names]


def replicas(*names: str, fleet: str = "llm", **options: Any) -> list[Resource]:
    return [Resource(resource_id=name, kind="gpu-replica", fleet=fleet, **options) for name in names]


def write(frame: pd.DataFrame, path: Path) -> Path:
    """Write as what the file's ending says."""
    if path.suffix == ".parquet":
        frame.to_parquet(path, index=False)
    else:
        frame.to_csv(path, index=False)
    return path
