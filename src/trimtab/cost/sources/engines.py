"""Engines other than this machine's own DuckDB, for samples that it cannot hold: Spark, Trino, Athena."""

from __future__ import annotations

import importlib.util
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from trimtab.cost.sources.files import UsageFile, shaped
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from ibis.backends import BaseBackend

    from trimtab.cost.model import Resource
    from trimtab.cost.sources.port import Samples, UsageSource

_SPARK = re.compile(r"spark://\S+|yarn|k8s://\S+|local(\[[^]]+\])?|local-cluster\[\d+,\d+,\d+\]")
_SQL = re.compile(r"(trino|athena)://\S+")
_DRIVERS = {"spark": "pyspark", "trino": "trino", "athena": "pyathena"}
ALLOWED = "spark://HOST:PORT, yarn, k8s://…, local[N], local-cluster[N,CORES,MB], trino://…, athena://…"


@dataclass(frozen=True)
class UsageTable:
    """Samples in a table of an engine: `table`, `schema.table` or `catalog.schema.table`."""

    connection: BaseBackend
    name: str

    def samples(self, resources: Sequence[Resource], until: datetime | None) -> Samples:  # noqa: ARG002  # the port's
        """Open the table.

        Raises:
            UserError: its columns are not those of samples.
        """
        *place, name = self.name.split(".")
        database = (place[0] if len(place) == 1 else tuple(place)) if place else None
        return shaped(self.connection.table(name, database=database), self.name, until)


def open_on(engine: str, usage: Path | None) -> UsageSource:
    """Open samples where `engine` reads them.

    Args:
        engine: a connection string, one of `ALLOWED`.
        usage: for Spark a file or folder that every worker sees at the same place; for any engine the name of a table.

    Raises:
        UserError: the engine is not known, its driver is not installed, or no samples were named.
        WorldError: it cannot be reached.
    """
    if usage is None:
        raise UserError(
            "--engine: no samples were named", remedy="give --usage FILE (Spark), or --usage CATALOG.SCHEMA.TABLE."
        )
    connection = connect_to(engine)
    if _SPARK.fullmatch(engine) and usage.exists():
        return UsageFile(connection, usage.resolve())
    return UsageTable(connection, str(usage))


def connect_to(engine: str) -> BaseBackend:
    """Open a connection; a message never shows the string, which may hold a password.

    Raises:
        UserError: the engine is not known, or its driver is not installed.
        WorldError: it cannot be reached.
    """
    kind = "spark" if _SPARK.fullmatch(engine) else engine.split(":", maxsplit=1)[0] if _SQL.fullmatch(engine) else None
    if kind is None:
        named = engine.split("://", maxsplit=1)[0]
        raise UserError(f"--engine {named!r}…: is not known; allowed: {ALLOWED}", remedy="name one.")
    if importlib.util.find_spec(_DRIVERS[kind]) is None:
        package = "trimtab[spark]" if kind == "spark" else f"ibis-framework[{kind}]"
        raise UserError(
            f"--engine: {kind} needs the package {_DRIVERS[kind]}, which is not installed",
            remedy=f"pip install '{package}'.",
        )
    with faults_of(engine):
        return _spark(engine) if kind == "spark" else ibis.connect(engine)


def _spark(master: str) -> BaseBackend:
    from pyspark.sql import SparkSession  # noqa: PLC0415  # an extra, and slow to import

    session = (
        SparkSession.builder.master(master)
        .appName("trimtab")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    return ibis.pyspark.connect(session)


@contextmanager
def faults_of(engine: str) -> Iterator[None]:
    """Say of what an engine reports that it is the engine's; nothing was changed.

    Raises:
        WorldError: the engine failed.
    """
    try:
        yield
    except Exception as error:
        if type(error).__module__.split(".")[0] not in {"pyspark", "py4j", *_DRIVERS.values()}:
            raise
        first = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
        kind = engine.split(":", maxsplit=1)[0]
        raise WorldError(
            f"--engine {kind}: {first}; nothing was changed",
            remedy="check that it runs (Spark needs Java 17), and that it can read the samples.",
        ) from error
