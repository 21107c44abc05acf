"""Feast with a real Redis, from the component's own repository: what training reads is what serving reads."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.services.feast_store import FeatureStore, feature_store
from tests.services.metrics import labels_of
from tests.services.processes import answers
from tests.services.redis_server import RunningRedis, redis_server
from tests.support.waiting import wait_until
from trimtab.components.cluster_monitoring.exporters import EXPORTERS
from trimtab.components.feast.commands import METRICS
from trimtab.components.generated_secret import password
from trimtab.spec.cluster.feast import Feast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IMAGE = f"registry.example.com/feast@sha256:{'0' * 64}"
NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
EARLIER = NOW - dt.timedelta(hours=3)
DRIVERS = ("d1", "d2", "d3")
SPEC: dict[str, Any] = {
    "image": IMAGE,
    "project": "rides",
    "workers": 1,
    "registryCacheSeconds": 1,
    "entities": [{"name": "driver", "joinKey": "driver_id"}],
    "views": [
        {
            "name": "driver_trips",
            "entities": ["driver"],
            "source": "trips.parquet",
            "ttlSeconds": 86_400,
            "createdTimestampField": "created",
            "fields": [{"name": "trips", "type": "Int64"}, {"name": "rating", "type": "Float64"}],
        }
    ],
    "services": [{"name": "eta_v1", "views": ["driver_trips"]}],
}
TRAINING = """
import sys, json, pandas as pd
from feast import FeatureStore
store = FeatureStore(repo_path=sys.argv[1])
rows = pd.DataFrame(json.loads(sys.argv[2]), columns=["driver_id", "event_timestamp"])
rows["event_timestamp"] = pd.to_datetime(rows["event_timestamp"], utc=True)
read = store.get_historical_features(entity_df=rows, features=store.get_feature_service("eta_v1")).to_df()
read = read.sort_values(["event_timestamp", "driver_id"])
print("\\n" + json.dumps([[row.event_timestamp.isoformat(), row.driver_id, row.trips, row.rating]
                         for row in read.itertuples()]))
"""


def write_rows(folder: Path, rows: list[tuple[str, int, int, float]]) -> None:
    """Write trips: driver, hours ago, count, rating."""
    stamps = [NOW - dt.timedelta(hours=row[1]) for row in rows]
    table = pa.table(
        {
            "driver_id": [row[0] for row in rows],
            "event_timestamp": pa.array(stamps, pa.timestamp("us", "UTC")),
            "created": pa.array(stamps, pa.timestamp("us", "UTC")),
            "trips": pa.array([row[2] for row in rows], pa.int64()),
            "rating": pa.array([row[3] for row in rows], pa.float64()),
        }
    )
    folder.mkdir(exist_ok=True)
    pq.write_table(table, folder / "trips.parquet")


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningRedis]:
    with redis_server(tmp_path_factory.mktemp("redis"), password()) as running:
        yield running


@pytest.fixture(scope="module")
def store(redis: RunningRedis, tmp_path_factory: pytest.TempPathFactory) -> FeatureStore:
    made = feature_store(Feast.model_validate(SPEC), tmp_path_factory.mktemp("feast"), redis)
    # The last row of d3 is older than the view's time to live.
    write_rows(made.folder / "data", [("d1", 9, 3, 4.5), ("d1", 2, 7, 4.75), ("d2", 5, 11, 3.25), ("d3", 40, 2, 5.0)])
    made.apply()
    made.materialise()
    return made


@pytest.fixture(scope="module")
def trained(store: FeatureStore) -> dict[dt.datetime, dict[str, list[Any]]]:
    """What training reads as of each moment, in one question."""
    rows = [(driver, moment.isoformat()) for moment in (EARLIER, NOW) for driver in DRIVERS]
    printed = store.script(TRAINING, json.dumps(rows))
    read: dict[dt.datetime, dict[str, list[Any]]] = {}
    for moment, *values in json.loads(printed.strip().splitlines()[-1]):
        columns = read.setdefault(dt.datetime.fromisoformat(moment), {"driver_id": [], "trips": [], "rating": []})
        for name, value in zip(columns, values, strict=True):
            columns[name].append(value)
    return read


def served(url: str) -> dict[str, list[Any]]:
    body = {"feature_service": "eta_v1", "entities": {"driver_id": list(DRIVERS)}}
    response = httpx.post(f"{url}/get-online-features", json=body, timeout=30)
    assert response.status_code == 200, response.text
    answer = response.json()
    names = answer["metadata"]["feature_names"]
    return {name: result["values"] for name, result in zip(names, answer["results"], strict=True)}


def test_training_reads_what_serving_reads(store: FeatureStore, trained: Any) -> None:
    training = trained[NOW]
    assert training == {"driver_id": ["d1", "d2"], "trips": [7, 11], "rating": [4.75, 3.25]}
    with store.server() as url:
        serving = served(url)
    # A driver whose rows are all too old has no features in either: training leaves it out, serving answers null.
    assert {name: values.pop() for name, values in serving.items()} == {
        "driver_id": "d3",
        "trips": None,
        "rating": None,
    }
    assert serving == training


def test_prometheus_reads_what_the_feature_server_counts(store: FeatureStore) -> None:
    read = f"http://127.0.0.1:{METRICS}/metrics"
    if answers(read):
        pytest.skip(f"port {METRICS} is another's here, and Feast cannot be told another one")
    with store.server() as url:
        served(url)
        # Freshness is looked at by the clock, every half minute.
        wait_until(lambda: "feast_feature_freshness_seconds{" in httpx.get(read).text, "the age of features")
        text = httpx.get(read).text
    for metric in EXPORTERS["feast"].metrics:
        assert labels_of(metric.series[0], text) - {"le"} == set(metric.labels)
    assert re.search(r'feast_feature_server_request_total\{[^}]*status="success"[^}]*\} [1-9]', text), text


def test_training_reads_as_of_its_moment(trained: Any) -> None:
    assert trained[EARLIER] == {"driver_id": ["d1", "d2"], "trips": [3, 11], "rating": [4.5, 3.25]}


def test_features_are_in_redis_behind_its_password(store: FeatureStore, redis: RunningRedis) -> None:
    assert redis.ask("DBSIZE") == b":2\r\n"
    stranger = RunningRedis(redis.port, redis.authority, "guessed")
    assert stranger.ask("DBSIZE").startswith(b"-NOAUTH")
    assert "password=" not in (store.repository / "feature_store.yaml").read_text(encoding="utf-8")
