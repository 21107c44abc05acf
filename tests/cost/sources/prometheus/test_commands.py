"""The commands with `--source prometheus`, from a shell's point of view."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.cost.sources.prometheus.record import END
from tests.support.prometheus import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.prometheus import Prometheus

UNTIL = datetime.fromtimestamp(END, tz=UTC).isoformat()
INVENTORY = """\
resource_id,kind,fleet,instance_type,region,count,namespace,workload_kind,workload,container,nodepool,cpu_millicores,memory_mib
ads/web,kubernetes-workload,,m5.4xlarge,us-east-1,2,ads,Deployment,web,app,,4000,8192
gpu,karpenter-gpu-pool,,p4d.24xlarge,us-east-1,4,,,,,gpu,,
"""


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    path = tmp_path / "inventory.csv"
    path.write_text(INVENTORY, encoding="utf-8")
    return path


def run(*args: str) -> tuple[int, str, str]:
    """Run the command as a shell does."""
    code = "from trimtab.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "cost", *args], capture_output=True, text=True, check=False, env={**os.environ}
    )
    return done.returncode, done.stdout, done.stderr


def recommended(inventory: Path, *args: str) -> Any:
    command = ("recommend", "--inventory", str(inventory), "--prices", "snapshot", "--until", UNTIL, "--format", "json")
    code, out, err = run(*command, *args)
    assert code == 0, err
    return {one["subject"]["resource_id"]: one for one in json.loads(out)["advice"]}


def test_a_pool_and_a_workload_are_advised_on_from_prometheus(server: Prometheus, inventory: Path) -> None:
    advice = recommended(inventory, "--source", "prometheus", "--prometheus-url", server.url, "--days", "2")
    pool = advice["gpu"]
    assert pool["status"] == "recommendation", pool["reason"]
    assert pool["target"]["replicas"]["min"] == 0  # Karpenter cannot be told to hold an idle node
    assert pool["back_test"]["saving"] > 0
    assert pool["target"]["replicas"]["autoscale"]["target_percent"] == 100
    assert pool["target"]["replicas"]["hourly"] is None
    assert advice["ads/web"]["code"] == "short-history"  # two days; a workload needs three
    assert advice["ads/web"]["utilisation"]["capacity"] == 4000


def test_usage_shows_what_was_measured(server: Prometheus, inventory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMETHEUS_URL", server.url)
    args = ("--inventory", str(inventory), "--source", "prometheus", "--days", "2", "--until", UNTIL)
    code, out, _ = run("usage", *args)
    assert code == 0
    assert "cpu_used_millicores" in out
    assert "gpu_allocation_percent" in out


def test_a_server_that_does_not_answer_leaves_with_3(inventory: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    args = ("--inventory", str(inventory), "--source", "prometheus", "--prometheus-url", address)
    code, _, err = run("usage", *args)
    assert code == 3
    assert "no answer after 4 attempts" in err
    assert "Traceback" not in err


def test_no_address_leaves_with_2(inventory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROMETHEUS_URL", raising=False)
    code, _, err = run("usage", "--inventory", str(inventory), "--source", "prometheus")
    assert code == 2
    assert "--prometheus-url" in err
