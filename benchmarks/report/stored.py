"""A stored month: the advice and the units by hour as files, in a copy of the project."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from trimtab.cost.reports import Inputs

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "AWS_EC2_METADATA_DISABLED": "true"}
"""No account is there: prices come from the bundled snapshot, and nobody waits for a network."""
PEER = """
import sys, pandas, matplotlib.figure
advice = pandas.read_json(sys.argv[1])
hours = pandas.read_parquet(sys.argv[2]).groupby("ts").units.sum()
figure = matplotlib.figure.Figure()
figure.add_subplot().plot(hours.index, hours)
figure.savefig("peer.svg")
"""


@dataclass(frozen=True)
class Stored:
    """Where the files lie, and what makes a report of them."""

    folder: Path
    advice: Path
    history: Path
    arguments: tuple[str, ...]


def store(inputs: Inputs, folder: Path) -> Stored:
    """Write advice and history beside a copy of the stacks."""
    shutil.copytree(ROOT / "stacks", folder / "stacks", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "Pulumi.yaml", folder)
    advice, history = folder / "advice.json", folder / "history.parquet"
    advice.write_text(inputs.advice.dumps(), encoding="utf-8")
    told = inputs.history
    assert told is not None  # noqa: S101  # a fleet's inputs always have one
    hours = pd.date_range(told.start, periods=told.hours, freq="h")
    pd.concat(
        pd.DataFrame({"resource_id": name, "ts": hours, "units": units}) for name, units in told.units.items()
    ).to_parquet(history)
    arguments = ("--stack", "prod", "--advice", str(advice), "--history", str(history), "--week", "2026-W47",
                 "-o", str(folder / "report.html"))  # fmt: skip
    return Stored(folder, advice, history, arguments)
