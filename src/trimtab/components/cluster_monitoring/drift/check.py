"""The drift service itself: it runs in a container whose image has evidently and pandas, and nothing of trimtab.

    python check.py CONFIG

CONFIG is JSON: `{"port": 9000, "seconds": 21600, "models": [{"model", "reference", "current", "time_column",
"window_hours", "columns", "least_rows"}, …]}`. Every `seconds` each model's newest rows are compared with those that it
was trained on; `/metrics` says what was found, `/healthz` whether the process lives. It ends on SIGTERM.
"""

from __future__ import annotations

import json
import logging
import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

log = logging.getLogger("drift")


@dataclass
class Found:
    """What is known of one model: `rows` and `share` of the last check that said something."""

    rows: int = 0
    share: float | None = None
    scores: dict[str, float] = field(default_factory=dict)
    checked: float | None = None
    failed: bool = False


def exposition(found: dict[str, Found]) -> str:
    """Return the metrics in Prometheus' text format; what is unknown has no sample."""
    lines: list[str] = []

    def family(name: str, help_text: str, samples: list[tuple[str, float]]) -> None:
        lines.extend((f"# HELP {name} {help_text}", f"# TYPE {name} gauge"))
        lines.extend(f"{name}{{{labels}}} {value!r}" for labels, value in samples)

    each = [(f"model={json.dumps(model)}", one) for model, one in sorted(found.items())]
    shares = [(labels, one.share) for labels, one in each if one.share is not None]
    scores = [
        (f"{labels},column={json.dumps(column)}", score)
        for labels, one in each
        for column, score in sorted(one.scores.items())
    ]
    checks = [(labels, one.checked) for labels, one in each if one.checked is not None]
    family("trimtab_drift_share", "Share of the compared columns that drifted.", shares)
    family("trimtab_drift_score", "Evidently's drift score of a column, by the test that it chose.", scores)
    family("trimtab_drift_rows", "Rows asked in the window.", [(labels, float(one.rows)) for labels, one in each])
    family("trimtab_drift_checked_timestamp_seconds", "When a check last said something.", checks)
    family("trimtab_drift_failed", "1 where the last check failed.", [(at, float(one.failed)) for at, one in each])
    return "\n".join([*lines, ""])


def compare(watched: dict[str, Any], now: float) -> Found:
    """Compare one model's newest rows with its reference; too few rows leave share and time unknown."""
    import pandas as pd  # noqa: PLC0415  in the service's image; the rest of this file needs the standard library only
    from evidently import Report  # type: ignore[import-not-found]  # noqa: PLC0415  likewise
    from evidently.presets import DataDriftPreset  # type: ignore[import-not-found]  # noqa: PLC0415  likewise

    reference, current = pd.read_parquet(watched["reference"]), pd.read_parquet(watched["current"])
    asked = pd.to_datetime(current[watched["time_column"]], utc=True)
    current = current[asked >= pd.Timestamp(now - 3600 * watched["window_hours"], unit="s", tz="UTC")]
    if len(current) < watched["least_rows"]:
        log.warning("%s: %d rows say nothing, %d are needed", watched["model"], len(current), watched["least_rows"])
        return Found(rows=len(current))
    both = [name for name in reference.columns if name in current.columns and name != watched["time_column"]]
    columns = list(watched["columns"]) or both
    report = Report([DataDriftPreset(columns=columns)]).run(current[columns], reference[columns])
    share, scores = read_report(report.dict()["metrics"])
    return Found(rows=len(current), share=share, scores=scores, checked=now)


def read_report(metrics: list[dict[str, Any]]) -> tuple[float, dict[str, float]]:
    """Return the share of drifted columns, and each column's score, of an Evidently 0.7 snapshot."""
    (count,) = [metric for metric in metrics if metric["config"]["type"].endswith(":DriftedColumnsCount")]
    values = [metric for metric in metrics if metric["config"]["type"].endswith(":ValueDrift")]
    return float(count["value"]["share"]), {m["config"]["column"]: float(m["value"]) for m in values}


def check_all(models: list[dict[str, Any]], found: dict[str, Found]) -> None:
    """Check every model; one that fails keeps what was known of it and is marked."""
    for watched in models:
        name = watched["model"]
        try:
            new = compare(watched, time.time())
        except Exception:
            # Whatever a storage or a column does to one model, the others are checked, and the metric says it.
            log.exception("%s: the check failed", name)
            found[name].failed = True
            continue
        known = found[name]
        found[name] = new if new.checked else Found(new.rows, known.share, known.scores, known.checked)
        log.info("%s: %d rows, share %s", name, new.rows, new.share)


def handler(found: dict[str, Found]) -> type[BaseHTTPRequestHandler]:
    """Return the handler of the two paths."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers = {"/metrics": exposition(found), "/healthz": "ok\n"}
            body = answers.get(self.path, "not found\n").encode()
            self.send_response(HTTPStatus.OK if self.path in answers else HTTPStatus.NOT_FOUND)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's own name
            log.debug(format, *args)

    return Handler


def main(path: str) -> int:
    """Serve until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    config = json.loads(Path(path).read_text(encoding="utf-8"))
    found = {watched["model"]: Found() for watched in config["models"]}
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    server = ThreadingHTTPServer(("", config["port"]), handler(found))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    while not ended.is_set():
        # In a thread of its own, so that SIGTERM ends the process in the midst of a long comparison.
        work = threading.Thread(target=check_all, args=(config["models"], found), daemon=True)
        work.start()
        while work.is_alive() and not ended.is_set():
            work.join(1)
        ended.wait(config["seconds"])
    server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
