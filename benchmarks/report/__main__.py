"""The weekly report: a page of 10,000 resources in Chromium, and a report from a stored month.

Goals: the page opens in 2 s and weighs 5 MB at most; the report of 200 resources takes 3 s. Peers in the same run: an
empty page, pandas' `to_html` of the same 10,000 rows, and pandas with one Matplotlib figure over the same files.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.paired import in_turn
from benchmarks.report.fleet import fleet
from benchmarks.report.page import opened, table_of
from benchmarks.report.stored import ENVIRONMENT, PEER, store
from trimtab.cost.reports import build, to_html

RESOURCES, OPEN_SECONDS, MEGABYTES = 10_000, 2.0, 5.0
STORED, REPORT_SECONDS = 200, 3.0
RUNS = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _page(folder)
        _stored(folder)


def _page(folder: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    report = build(fleet(RESOURCES))
    texts = {"report": to_html(report), "pandas": table_of(report), "empty": "<!DOCTYPE html><title>empty</title>"}
    for kind, text in texts.items():
        (folder / f"{kind}.html").write_text(text, encoding="utf-8")
    size = len(texts["report"].encode()) / 1e6
    print(f"page of {RESOURCES:,} resources: {size:.2f} MB (goal: {MEGABYTES:.0f} MB at most), "
          f"pandas to_html of the same rows {len(texts['pandas'].encode()) / 1e6:.2f} MB")  # fmt: skip
    if chromium is None:
        print("opening it: not measured, no chromium on PATH")
        return
    seconds = opened(chromium, [folder / f"{kind}.html" for kind in texts], runs=RUNS)
    ours, pandas, empty = seconds
    print(f"opened in {ours:.2f} s (goal: {OPEN_SECONDS:.0f} s at most): {ours / empty:.1f} times an empty page "
          f"({empty:.2f} s), {ours / pandas:.2f} times pandas' page ({pandas:.2f} s)")  # fmt: skip


def _stored(folder: Path) -> None:
    place = store(fleet(STORED), folder / "project")
    command = [str(Path(sys.executable).with_name("trimtab")), "cost", "report", *place.arguments]
    peer = [sys.executable, "-c", PEER, str(place.advice), str(place.history)]
    pair = in_turn(command, peer, runs=RUNS, ours_cwd=place.folder, env=ENVIRONMENT)
    print(f"report of {STORED} resources from a stored month: goal {REPORT_SECONDS:.0f} s at most")
    print(pair.line("report against pandas and one figure", goal=3.0))


if __name__ == "__main__":
    main()
