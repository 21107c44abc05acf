"""A real Prometheus of a test's own: on a free port, with declared rules and recorded series, ended by its process id.

    with Prometheus(tmp_path, series=[Series("up", {"job": "x"}, [(t0, 1.0), (t0 + 60, 0.0)])]) as prometheus:
        httpx.get(f"{prometheus.url}/api/v1/query", params={"query": "up", "time": t0 + 30})

Recorded series become blocks (`promtool tsdb create-blocks-from openmetrics`), so any time in the past may be asked;
a hole in the points is a gap in the record. Without Debian's package `prometheus` the test is skipped.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import IO, Self

ATTEMPTS = 3
"""Another process may take a port between its choice and its use."""
FOREVER = "100y"
"""Retention: recordings lie in the past, and Prometheus drops blocks that are older than it keeps."""


@dataclass(frozen=True)
class Series:
    """A recorded series.

    Attributes:
        metric: its name.
        labels: its labels.
        points: (Unix time in seconds, value), oldest first; a time that is not there is a gap.
    """

    metric: str
    labels: Mapping[str, str]
    points: Sequence[tuple[float, float]] = field(repr=False)


def tool(name: str) -> str:
    """The path of `prometheus` or `promtool`; skips the test where there is none."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on PATH: install Debian's package prometheus (.ci/run does)")
    return found


def promtool(*args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run promtool to the end; never raises for an exit code."""
    return subprocess.run([tool("promtool"), *args], cwd=cwd, capture_output=True, text=True, check=False)


def openmetrics(series: Sequence[Series]) -> str:
    """Write series in OpenMetrics' text format: samples of one metric together, as the format asks for."""
    metrics: dict[str, list[Series]] = defaultdict(list)
    for one in series:
        metrics[one.metric].append(one)
    lines = [line for same in metrics.values() for one in same for line in _samples(one)]
    return "\n".join([*lines, "# EOF", ""])


def _samples(series: Series) -> list[str]:
    labels = ",".join(f"{name}={json.dumps(value)}" for name, value in series.labels.items())
    return [f"{series.metric}{{{labels}}} {value} {time:.3f}" for time, value in series.points]


class Prometheus:
    """A server that starts on entry and ends on exit.

    Args:
        folder: where its data, configuration and log lie.
        series: what it has recorded.
        rules: rule files to load, each the content of a rule file: `{"groups": […]}`.
    """

    url: str

    def __init__(
        self, folder: Path, *, series: Sequence[Series] = (), rules: Mapping[str, Mapping[str, Any]] | None = None
    ) -> None:
        self.folder = folder / "prometheus"
        self._series = series
        self._rules = rules or {}
        self._process: subprocess.Popen[bytes] | None = None
        self._client = httpx.Client()

    def __enter__(self) -> Self:
        executable = tool("prometheus")
        (self.folder / "data").mkdir(parents=True)
        self._configure()
        if self._series:
            self._record()
        try:
            started = any(self._start(executable) for _ in range(ATTEMPTS))
            assert started, f"Prometheus did not start:\n{self.log}"
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server: what a test does that wants a source which is gone."""
        self._client.close()
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    @property
    def pid(self) -> int:
        assert self._process is not None, "Prometheus was not started"
        return self._process.pid

    def get(self, path: str, **parameters: str | float) -> Any:
        """The `data` of an answer of its HTTP API: `get("query", query="up", time=…)`."""
        answer = self._client.get(f"{self.url}/api/v1/{path}", params=parameters)
        assert answer.status_code == httpx.codes.OK, f"{path} {parameters}: {answer.text}"
        return answer.json()["data"]

    def refuses(self, query: str) -> str:
        """Why a query does not parse; empty where it does."""
        answer = self._client.post(f"{self.url}/api/v1/parse_query", data={"query": query})
        if answer.status_code == httpx.codes.NOT_FOUND:  # before Prometheus 3 the path does not exist
            answer = self._client.post(f"{self.url}/api/v1/format_query", data={"query": query})
        return "" if answer.status_code == httpx.codes.OK else str(answer.json()["error"])

    def _configure(self) -> None:
        for name, content in self._rules.items():
            (self.folder / name).write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
        settings = {"global": {"evaluation_interval": "1s"}, "rule_files": list(self._rules)}
        (self.folder / "prometheus.yml").write_text(json.dumps(settings), encoding="utf-8")

    def _record(self) -> None:
        recorded = self.folder / "series.om"
        recorded.write_text(openmetrics(self._series), encoding="utf-8")
        done = promtool("tsdb", "create-blocks-from", "openmetrics", str(recorded), str(self.folder / "data"))
        assert done.returncode == 0, done.stderr

    def _start(self, executable: str) -> bool:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        with (self.folder / "log").open("wb") as log:
            process = self._process = self._spawn(executable, port, log)
        wait_until(lambda: process.poll() is not None or self._ready(), "Prometheus to be ready")
        return process.poll() is None

    def _spawn(self, executable: str, port: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
        flags = {
            "config.file": self.folder / "prometheus.yml",
            "storage.tsdb.path": self.folder / "data",
            "storage.tsdb.retention.time": FOREVER,
            "web.listen-address": f"127.0.0.1:{port}",
        }
        arguments = [f"--{name}={value}" for name, value in flags.items()]
        return subprocess.Popen([executable, *arguments], stdout=log, stderr=log)

    def _ready(self) -> bool:
        try:
            return self._client.get(f"{self.url}/-/ready").status_code == httpx.codes.OK
        except httpx.TransportError:
            return False


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
