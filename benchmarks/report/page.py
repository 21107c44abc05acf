"""How long pages take to open."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import pandas as pd
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

    from trimtab.cost.reports import Report

_PATIENCE = 120_000
"""Milliseconds: a peer that takes long is measured too."""
_PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def table_of(report: Report) -> str:
    """Return the report's resources as pandas writes them: one row each."""
    rows = [
        {
            "resource": line.subject, "owner": line.owner.team, "size": f"{line.units} x {line.instance_type}",
            "cost": getattr(line.cost, "monthly", None), "mean": getattr(line.use, "mean", None),
            "p95": getattr(line.use, "p95", None), "peak": getattr(line.use, "peak", None),
        }
        for line in report.lines
    ]  # fmt: skip
    return pd.DataFrame(rows).to_html()


def opened(chromium: str, pages: Sequence[Path], runs: int) -> list[float]:
    """Return the median seconds from asking for each page to its first frame; in turn, each in a context of its own."""
    with sync_playwright() as made:
        browser = made.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        times = [[_seconds(browser, page) for page in pages] for _ in range(runs + 1)][1:]
        browser.close()
    return [statistics.median(column) for column in zip(*times, strict=True)]


def _seconds(browser: Browser, page: Path) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.set_default_timeout(_PATIENCE)
    start = time.perf_counter()
    tab.goto(page.as_uri())
    tab.evaluate(_PAINTED)
    elapsed = time.perf_counter() - start
    context.close()
    return elapsed
