"""Ctrl-C in the middle of a query that would take an hour; what was read is told as it goes."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from tests.cost.sources.build import Recorded, machines, samples_of
from trimtab.cost.sources.engine import connect
from trimtab.cost.sources.measure import measure
from trimtab.cost.sources.port import Samples

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

ENDLESS = """
CREATE VIEW endless AS
SELECT 'vm-' || (i % 1000) AS resource_id, 'cpu_utilization_percent' AS metric,
       TIMESTAMP '2026-01-05' + to_seconds(i // 1000) AS ts, random() * 20 AS value
FROM range(1000000000000) AS samples(i)
"""


def test_ctrl_c_ends_the_query_that_runs() -> None:
    connection = connect()
    connection.raw_sql(ENDLESS)
    samples = Samples(connection.table("endless"), "endless")
    pressed = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012  # the key must not be pressed before it is waited for
        pressed.start()
        measure(samples, machines("vm-1"))
    pressed.join()
    assert int(connection.table("endless").limit(3).count().to_pyarrow().as_py()) == 3  # the engine goes on


def test_what_was_read_is_told_block_by_block(connection: Backend) -> None:
    frame = samples_of({name: [10.0] * 300 for name in "abc"})
    inventory = machines("a", "b", "c")
    told: list[tuple[int, int]] = []
    samples = Recorded(connection, frame).samples(inventory, None)
    measure(samples, inventory, most=300, tell=lambda done, whole: told.append((done, whole)))
    assert told == [(0, 900), (300, 900), (600, 900), (900, 900)]
