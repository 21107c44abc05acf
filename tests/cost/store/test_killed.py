"""A run that is killed or interrupted leaves days that are whole; the next one goes on from there."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.cost.store.server import MONDAY, SERIES, Server
from tests.cost.store.test_store import FOUR_WEEKS, read, unkept

ROOT = Path(__file__).parents[3]
KILLS = 12


def started(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.cost.store.server", str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["kill", "ctrl-c"])
def test_weeks_that_were_read_are_kept(tmp_path: Path, how: signal.Signals) -> None:
    with started(tmp_path) as run:
        assert run.stdout is not None
        heard = [run.stdout.readline() for _ in range(3)]  # the third question: two weeks are kept
        run.send_signal(how)
        run.wait()
    assert heard[2].startswith("asked")
    server = Server()
    pd.testing.assert_frame_equal(read(tmp_path, server, MONDAY), unkept(server, MONDAY))
    assert min(since for _, since, _ in server.asked) >= MONDAY - timedelta(days=14)


def test_at_random_instants_no_day_is_half_written(tmp_path: Path) -> None:
    draw = random.Random(7)  # noqa: S311  # instants, not secrets
    died = 0
    for number in range(KILLS):
        folder = tmp_path / str(number)
        with started(folder) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(draw.uniform(0, 0.4))
            run.kill()
            died += run.wait() == -signal.SIGKILL
        for file in folder.rglob("points.parquet"):
            rows = pq.read_table(file, partitioning=None).to_pandas()
            marked = set(rows[rows["read_at"].notna()]["key"])
            assert marked == {one.key for one in SERIES}
            assert rows["ts"].notna().sum() == 2 * 24
        server = Server()
        pd.testing.assert_frame_equal(read(folder, server, MONDAY), unkept(server, MONDAY))
    assert died


def test_two_runs_at_once_keep_both_their_series(tmp_path: Path) -> None:
    with started(tmp_path) as one, started(tmp_path) as other:
        assert (one.wait(), other.wait()) == (0, 0)
    server = Server()
    read(tmp_path, server, MONDAY)
    assert min(since for _, since, _ in server.asked) > MONDAY - FOUR_WEEKS
    assert not list(tmp_path.rglob("*.partial"))
