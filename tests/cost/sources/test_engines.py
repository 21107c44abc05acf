"""The same expressions elsewhere: Spark with two workers gives DuckDB's advice; Trino and Athena can say them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pandas as pd
import pytest
import sqlglot

from tests.cost.sources.build import CPU, GPU, machines, replicas, samples_of
from trimtab.cost.pipeline import recommend
from trimtab.cost.prices.snapshot import Snapshot
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sources.blocks import days
from trimtab.cost.sources.census import counts
from trimtab.cost.sources.demand import member_loads, totals
from trimtab.cost.sources.duplicates import moments, without_duplicates
from trimtab.cost.sources.engine import connect
from trimtab.cost.sources.engines import UsageTable, connect_to, open_on
from trimtab.cost.sources.files import UsageFile
from trimtab.cost.sources.profile import hours_of
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ibis.backends import BaseBackend

    from trimtab.cost.sources.port import UsageSource

TWO_WORKERS = "local-cluster[2,1,1024]"
INVENTORY = [*machines("a", "b", "c", "d"), *replicas("p1", "p2")]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseBackend]:
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17, and there is no java on PATH")
    with pytest.MonkeyPatch.context() as environment:
        # Workers talk to the driver over the loopback; their logs go where the test's other files go.
        environment.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        environment.setenv("SPARK_WORKER_DIR", str(tmp_path_factory.mktemp("workers")))
        connection = connect_to(TWO_WORKERS)
        connection.raw_sql("SET spark.sql.shuffle.partitions = 2")  # one a worker; 200 is for terabytes
        yield connection
        connection.disconnect()


@pytest.fixture(scope="module")
def usage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two weeks of every kind of sample: clean, broken, twice, without a time, and a fleet's."""
    rng = np.random.default_rng(7)
    frame = pd.concat(
        [
            samples_of({name: rng.gamma(2, 5, 4_032).clip(0, 100) for name in "abcd"}, CPU),
            samples_of({"a": rng.uniform(20, 50, 4_032)}, "memory_utilization_percent"),
            samples_of({name: rng.uniform(10, 60, 4_032) for name in ("p1", "p2")}, GPU),
        ],
        ignore_index=True,
    )
    frame.loc[5, "value"] = np.nan
    frame.loc[6, "value"] = np.inf
    frame.loc[7, "value"] = -40.0
    frame.loc[8, "value"] = -0.2
    frame.loc[9, "value"] = 900.0
    frame.loc[4_040, "ts"] = pd.NaT
    frame = pd.concat([frame, frame.iloc[9_000:9_010].assign(value=99.0)], ignore_index=True)
    path = tmp_path_factory.mktemp("usage") / "usage.parquet"
    frame.sample(frac=1, random_state=7).to_parquet(path, index=False)
    return path


def advice(source: UsageSource) -> dict[str, Any]:
    found = recommend(INVENTORY, source, Snapshot(), STRATEGIES["trimtab"]).model_dump(mode="json")
    del found["created"]
    return found


def rounded(value: Any) -> Any:
    """Sums of floats differ in their last digits with the order in which an engine adds."""
    if isinstance(value, dict):
        return {name: rounded(one) for name, one in value.items()}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value


@pytest.mark.xdist_group("spark")
def test_spark_gives_the_advice_that_duckdb_gives(spark: BaseBackend, usage: Path) -> None:
    here = advice(UsageFile(connect(), usage))
    there = advice(UsageFile(spark, usage))
    assert {one["status"] for one in here["advice"]} == {"recommendation"}
    assert {defect["code"] for defect in here["defects"]} >= {
        "duplicate",
        "no-time",
        "not-a-number",
        "infinite",
        "negative",
        "slightly-negative",
        "impossible",
    }
    assert rounded(there["advice"]) == rounded(here["advice"])
    assert there["until"] == here["until"]
    counted = [{defect["code"]: defect["count"] for defect in found["defects"]} for found in (here, there)]
    assert counted[0] == counted[1]


@pytest.mark.xdist_group("spark")
def test_a_table_that_spark_knows_is_read_by_its_name(spark: BaseBackend, usage: Path) -> None:
    spark.create_view("usage_samples", spark.read_parquet(str(usage)), overwrite=True)
    samples = UsageTable(spark, "usage_samples").samples(INVENTORY, None)
    assert int(samples.table.count().execute()) == len(pd.read_parquet(usage))


SAMPLES = ibis.table(
    {"resource_id": "string", "metric": "string", "ts": "timestamp", "value": "float64"}, name="usage_samples"
)
WORK = ibis.table(
    {"fleet": "string", "resource_id": "string", "ts": "timestamp", "work": "float64"}, name="usage_samples"
)
PLAN = pd.DataFrame({"resource_id": ["a"], "metric": [GPU], "fleet": ["f"], "weight": [1.0], "ceiling": [1.1]})
EXPRESSIONS = {
    "census": counts(SAMPLES),
    "days": days(SAMPLES),
    "copies": moments(SAMPLES),
    "without copies": without_duplicates(SAMPLES),
    "hours of the week": hours_of(SAMPLES, [CPU]),
    "members": member_loads(SAMPLES, PLAN),
    "demand": totals(WORK, pd.DataFrame({"fleet": ["f"], "grid": [0.0]})),
}


@pytest.mark.parametrize("dialect", ["trino", "athena"])
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_every_reduction_is_sql_of_trino_and_athena(name: str, dialect: str) -> None:
    """No server is asked: what is held is that Ibis has a translation of every operation used."""
    written = ibis.to_sql(EXPRESSIONS[name], dialect=dialect)
    assert '"usage_samples"' in written
    assert sqlglot.parse_one(written, read=dialect).find(sqlglot.exp.Select)


@pytest.mark.parametrize("engine", ["duckdb://x", "mysql://user:secret@host/x", "local[2", "spark"])
def test_an_engine_that_is_not_known_is_refused_without_its_password(engine: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"allowed: spark://HOST:PORT") as refused:
        open_on(engine, tmp_path)
    assert "secret" not in str(refused.value)


def test_an_engine_without_samples_is_the_user_s_mistake() -> None:
    with pytest.raises(UserError, match="no samples were named"):
        open_on("local[2]", None)


def test_a_driver_that_is_not_installed_is_named() -> None:
    with pytest.raises(UserError, match=r"pyathena, which is not installed"):
        connect_to("athena://region")
