"""`trimtab cost spend` on an export: its forms, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.cost.spend.build import BILLED_USD, cur_parquet, state
from tests.support.cloud import trimtab

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cur_parquet(tmp_path / "export.parquet")
    (tmp_path / "state.json").write_text(json.dumps(state()))
    return tmp_path


ASKED = ("cost", "spend", "--export", "export.parquet", "--state", "state.json")


def test_a_table_names_what_nobody_answers_for_and_the_rules(folder: Path) -> None:
    done = trimtab(*ASKED, cwd=folder)
    assert done.code == 0, done.stderr
    assert "fraud · CC-1042" in done.stdout
    assert f"billed in all: {BILLED_USD:,.2f} USD, 3.00 EUR" in " ".join(done.stdout.split())
    assert "not attributed" in done.stdout
    assert "spread over nobody" in done.stdout


def test_csv_is_exact(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(trimtab(*ASKED, "--format", "csv", cwd=folder).stdout)))
    assert sum(Decimal(row["amount"]) for row in rows if row["currency"] == "USD") == BILLED_USD


def test_markdown_is_a_table(folder: Path) -> None:
    done = trimtab(*ASKED, "--format", "markdown", "--by", "component", "-o", "spend.md", cwd=folder)
    assert done.code == 0
    assert "| nightly " in (folder / "spend.md").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--source", "cost-explorer"], "named twice or not at all"),
        (["--from", "soon"], "--from 'soon': is not a time"),
        (["--from", "2026-11-24", "--until", "2026-11-24"], "is not before"),
        (["--inventory", "inventory.csv"], "allowed: once"),
    ],
)
def test_what_is_refused(folder: Path, words: list[str], said: str) -> None:
    done = trimtab(*ASKED, *words, cwd=folder)
    assert done.code == 2
    assert said in done.stderr
    assert "remedy:" in done.stderr
