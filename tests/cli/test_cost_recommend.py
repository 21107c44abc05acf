"""`trimtab cost inventory|usage|recommend` from the command line, with files."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from click.testing import CliRunner

from tests.cost.sources.build import GPU, samples_of, write
from trimtab.cli.main import trimtab
from trimtab.spec.errors import TrimtabError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "resource_id,kind,fleet,instance_type,region,count,team"
INVENTORY = f"""{HEAD}
vm-big,machine,,m5.4xlarge,us-east-1,1,ranking
vm-small,machine,,m5.large,us-east-1,1,ranking
vm-unpriced,machine,,x9.mega,us-east-1,1,search
vm-silent,machine,,m5.large,us-east-1,1,search
p1,gpu-replica,llm,g5.xlarge,us-east-1,1,search
p2,gpu-replica,llm,g5.xlarge,us-east-1,1,search
p3,gpu-replica,llm,g5.xlarge,us-east-1,1,search
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cost")
    (folder / "inventory.csv").write_text(INVENTORY)
    week = 7 * 288
    machines = {
        "vm-big": [8.0 + n % 3 for n in range(week)],
        "vm-small": [70.0] * week,
        "vm-unpriced": [8.0] * week,
    }
    pods = samples_of({name: [10.0 + n % 5 for n in range(week)] for name in ("p1", "p2", "p3")}, GPU)
    write(pd.concat([samples_of(machines), pods]), folder / "usage.parquet")
    return folder


@dataclass(frozen=True)
class Done:
    stdout: str
    exit_code: int
    error: str


@dataclass(frozen=True)
class Run:
    """Calls `trimtab cost` in this process on the folder's files."""

    folder: Path

    def __call__(self, command: str, *args: str) -> Done:
        given = [str(self.folder / arg) if arg.endswith((".csv", ".parquet", ".json")) else arg for arg in args]
        result = CliRunner().invoke(trimtab, ["cost", command, *given], standalone_mode=False)
        if isinstance(result.exception, TrimtabError):
            return Done(result.stdout, result.exception.exit_code, str(result.exception))
        assert result.exception is None, result.exception
        return Done(result.stdout, 0, "")


@pytest.fixture
def run(folder: Path) -> Run:
    return Run(folder)


FILES = ("--usage", "usage.parquet", "--inventory", "inventory.csv")


def test_every_machine_and_fleet_has_exactly_one_advice(run: Run, folder: Path) -> None:
    run("recommend", *FILES, "--prices", "snapshot", "--format", "json", "-o", "advice.json")
    written = json.loads((folder / "advice.json").read_text())
    subjects = [next(iter(one["subject"].values())) for one in written["advice"]]
    assert subjects == ["vm-big", "vm-small", "vm-unpriced", "vm-silent", "llm"]
    by_name = dict(zip(subjects, written["advice"], strict=True))
    assert by_name["vm-big"]["target"] == {"capacity_fraction": 0.125}
    assert by_name["vm-small"]["target"] == {"capacity_fraction": 1.0}
    assert by_name["vm-unpriced"]["savings"]["status"] == "unpriced"
    assert by_name["vm-silent"]["status"] == "abstained"
    assert by_name["vm-silent"]["target"] is None
    assert by_name["llm"]["target"]["replicas"]["autoscale"]


def test_the_table_is_grouped_by_owner_and_begins_with_the_money(
    run: Run,
) -> None:
    done = run("recommend", *FILES, "--prices", "snapshot")
    rows = [line.split("│")[1].strip() for line in done.stdout.splitlines() if line.startswith("│")]
    assert rows == ["llm", "vm-unpriced", "vm-silent", "vm-big", "vm-small"]
    assert done.stdout.index("owner: search") < done.stdout.index("owner: ranking")
    assert "4 of 5 advised, 1 withheld, 1 unpriced" in done.stdout


def test_csv_has_a_row_a_subject_in_the_table_s_order(run: Run) -> None:
    done = run("recommend", *FILES, "--prices", "snapshot", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["subject"] for row in rows] == ["llm", "vm-unpriced", "vm-silent", "vm-big", "vm-small"]
    big = rows[3]
    assert Decimal(big["monthly_saving"]) == Decimal(big["monthly_before"]) - Decimal(big["monthly_after"]) > 0
    assert (rows[1]["monthly_saving"], "x9.mega" in rows[1]["unpriced"]) == ("", True)
    assert (rows[2]["status"], rows[2]["code"]) == ("abstained", "no-samples")


def test_html_is_a_page_that_loads_nothing_and_shows_every_subject(run: Run) -> None:
    page = run("recommend", *FILES, "--prices", "snapshot", "--format", "html").stdout
    assert "://" not in page
    assert "<script" not in page
    for word in ("llm", "vm-unpriced", "vm-silent", "vm-big", "search:", "ranking:", "Withheld:", "unpriced"):
        assert word in page
    assert page.index("search:") < page.index("ranking:")


def test_explain_shows_all_that_led_to_the_advice(run: Run) -> None:
    done = run("recommend", *FILES, "--prices", "snapshot", "--explain", "p2")
    for word in ("llm: recommendation", "samples", "candidates", "back-test", "worst", "money", "caution"):
        assert word in done.stdout


def test_until_leaves_out_what_came_after(run: Run) -> None:
    done = run("recommend", *FILES, "--prices", "snapshot", "--until", "2026-01-09", "--format", "json")
    last = {one["utilisation"].get("last") for one in json.loads(done.stdout)["advice"]}
    assert max(moment for moment in last if moment) == "2026-01-08T23:55:00Z"


@pytest.mark.parametrize("strategy", ["krr", "vpa", "compute-optimizer", "hpa-60"])
def test_known_rules_can_be_asked_by_name(run: Run, strategy: str) -> None:
    done = run("recommend", *FILES, "--prices", "snapshot", "--strategy", strategy, "--format", "json")
    assert {one["strategy"] for one in json.loads(done.stdout)["advice"]} == {strategy}


def test_inventory_says_what_is_paid(run: Run) -> None:
    done = run("inventory", "--inventory", "inventory.csv")
    assert "560.64" in done.stdout  # 0.768 USD · 730 h
    assert "unpriced" in done.stdout
    assert "reported only" in done.stdout


def test_usage_says_what_was_measured(run: Run) -> None:
    done = run("usage", *FILES, "--format", "json")
    found = {next(iter(one["subject"].values())): one for one in json.loads(done.stdout)["usage"]}
    assert found["vm-small"]["mean"] == pytest.approx(0.7)
    assert found["llm"]["mean"] == pytest.approx(0.36, abs=0.001)
    assert found["vm-silent"]["status"] == "unmeasured"


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (("--usage", "absent.parquet", "--inventory", "inventory.csv"), "does not exist"),
        (("--inventory", "inventory.csv"), "no samples were named"),
        (("--usage", "usage.parquet"), "allowed: once"),
        ((*FILES, "--state", "state.json"), "named twice"),
        ((*FILES, "--region", "eu-west-1"), "belongs to --inventory aws alone"),
        (("--inventory", "aws", "--context", "c"), "belongs to --inventory kubernetes alone"),
        (("--inventory", "kubernetes", "--context", "no-such-context"), "--inventory kubernetes: Invalid kube-config"),
        ((*FILES, "--until", "soon"), "is not a time"),
        ((*FILES, "--until", "2020-01-01"), "no samples before"),
        ((*FILES, "--explain", "nobody"), "no such resource or fleet"),
        ((*FILES, "--engine", "mysql://host/samples"), "is not known; allowed: spark://HOST:PORT"),
        ((*FILES, "--engine", "local[2]", "--source", "cloudwatch"), "an engine reads a file or a table"),
        ((*FILES, "-o", "absent/advice.json"), "cannot be written"),
    ],
)
def test_the_user_s_mistakes_leave_with_2_and_a_remedy(run: Run, args: tuple[str, ...], word: str) -> None:
    done = run("recommend", "--prices", "snapshot", *args)
    assert done.exit_code == 2
    assert word in done.error
    assert "remedy:" in done.error


def test_a_mistake_is_one_message_without_a_traceback(folder: Path) -> None:
    call = [sys.executable, "-c", "from trimtab.cli import main; main()", "cost", "recommend", "--usage", "absent.csv"]
    done = subprocess.run(call, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr
