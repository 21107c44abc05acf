"""The report in a real browser: it fits the screen, its plots are drawn, and nothing goes wrong on the page."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cost.reports.sample import inputs
from trimtab.cost.reports import build, to_html

if TYPE_CHECKING:
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PROBE = """<script id="probe">
addEventListener("load", () => {
  const drawn = [...document.querySelectorAll("svg")].filter((one) => one.getBoundingClientRect().height > 40);
  const told = {
    inner: innerWidth, content: document.documentElement.scrollWidth, plots: drawn.length,
    fetched: performance.getEntriesByType("resource").length,
  };
  document.title = JSON.stringify(told);
});
</script>"""


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH: the report is not opened in a browser")
@pytest.mark.parametrize("width", [500, 800, 1280])
def test_it_fits_the_screen_and_needs_no_network(width: int, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(to_html(build(inputs())).replace("</body>", f"{PROBE}</body>"), encoding="utf-8")
    done = subprocess.run(
        [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},900",
         "--virtual-time-budget=2000", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    title = re.search(r"<title>(\{.*?\})</title>", done.stdout)
    assert title is not None, "the page's script did not run"
    told = json.loads(title[1].replace("&quot;", '"'))
    assert told["content"] <= told["inner"]
    assert told["plots"] >= 4
    assert told["fetched"] == 0
