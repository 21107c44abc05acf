"""The drift service as its container runs it: a real Evidently compares real rows, and its metrics are scraped."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.services.environments import service_python
from tests.services.processes import answers, free_port, service
from tests.services.prometheus.declared import monitoring
from trimtab.components.cluster_monitoring.drift.check import Found, exposition, read_report
from trimtab.components.cluster_monitoring.drift.objects import drift_files
from trimtab.components.cluster_monitoring.exporters import EXPORTERS

if TYPE_CHECKING:
    from pathlib import Path

ROWS = """
import sys, time
import numpy as np, pandas as pd
random, rows, now = np.random.default_rng(7), 2000, time.time()
columns = ["amount", "age", "country"]
def table(mean):
    values = random.normal(mean, 1, rows), random.normal(0, 1, rows), random.choice(["de", "fr"], rows)
    return pd.DataFrame(dict(zip(columns, values)))
asked = pd.to_datetime(now - random.uniform(0, 7200, rows), unit="s", utc=True)
table(0).to_parquet(sys.argv[1] + "/trained.parquet")
table(3).assign(event_time=asked).to_parquet(sys.argv[1] + "/shifted.parquet")
table(0).assign(event_time=asked).to_parquet(sys.argv[1] + "/alike.parquet")
table(3).assign(event_time=asked - pd.Timedelta(days=9)).to_parquet(sys.argv[1] + "/old.parquet")
"""


def watched(model: str, current: str) -> dict[str, Any]:
    drift = monitoring().drift
    assert drift is not None
    (declared,) = json.loads(drift_files(drift)["config.json"])["models"]
    return {**declared, "model": model, "reference": "trained.parquet", "current": f"{current}.parquet"}


@pytest.mark.engine
def test_what_it_finds(tmp_path: Path) -> None:
    python = service_python("evidently")
    subprocess.run([str(python), "-c", ROWS, str(tmp_path)], check=True)
    port = free_port()
    models = [watched("fraud", "shifted"), watched("churn", "alike"), watched("late", "old"), watched("gone", "no")]
    here = {"reference": f"{tmp_path}/trained.parquet"}
    placed = [{**model, **here, "current": f"{tmp_path}/{model['current']}"} for model in models]
    (tmp_path / "config.json").write_text(json.dumps({"port": port, "seconds": 3600, "models": placed}))
    program = str(files("trimtab.components.cluster_monitoring.drift").joinpath("check.py"))
    url = f"http://127.0.0.1:{port}"
    command = [str(python), program, str(tmp_path / "config.json")]
    env = {"HOME": str(tmp_path), "DO_NOT_TRACK": "1"}

    def checked() -> bool:
        return (
            answers(f"{url}/healthz") and 'trimtab_drift_failed{model="gone"} 1.0' in httpx.get(f"{url}/metrics").text
        )

    with service("drift", command, log=tmp_path / "log", env=env, ready=checked):
        told = samples(httpx.get(f"{url}/metrics").text)
        assert httpx.get(f"{url}/else").status_code == httpx.codes.NOT_FOUND
    assert told['trimtab_drift_share{model="fraud"}'] == pytest.approx(1 / 3)
    assert told['trimtab_drift_share{model="churn"}'] == 0
    assert told['trimtab_drift_score{model="fraud",column="amount"}'] > 1
    assert told['trimtab_drift_rows{model="late"}'] == 0
    assert 'trimtab_drift_share{model="late"}' not in told, "no rows say nothing"
    assert told['trimtab_drift_failed{model="fraud"}'] == 0


def test_its_metrics_are_those_that_rules_know() -> None:
    text = exposition({"a": Found(1, 0.5, {"x": 0.1}, 7.0)})
    names = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}
    assert names == EXPORTERS["drift"].series
    assert {name.partition("{")[0] for name in samples(text)} == names


def test_what_is_unknown_has_no_sample() -> None:
    told = samples(exposition({"a": Found(rows=3, failed=True)}))
    assert told == {'trimtab_drift_rows{model="a"}': 3, 'trimtab_drift_failed{model="a"}': 1}


def test_a_report_without_drift_metrics_is_an_error() -> None:
    with pytest.raises(ValueError, match="unpack"):
        read_report([])


def test_the_program_needs_nothing_but_its_image() -> None:
    drift = monitoring().drift
    assert drift is not None
    done = subprocess.run(
        [sys.executable, "-I", "-c", drift_files(drift)["check.py"]], capture_output=True, text=True, check=False
    )
    assert "IndexError" in done.stderr, "it ran as far as its argument"


def samples(text: str) -> dict[str, float]:
    found = [line.rpartition(" ") for line in text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, _, value in found}
