"""The API's limits, errors, retries and warnings: a real Prometheus, and a server that answers as proxies do."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

import httpx
import pytest

from tests.cost.sources.prometheus.record import T0
from tests.support.prometheus import Prometheus as Server
from tests.support.prometheus import free_port
from trimtab.cost.model import Resource
from trimtab.cost.sources.prometheus import Access, Client, Prometheus
from trimtab.cost.sources.prometheus.client import MOST_POINTS, slices
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ibis.backends.duckdb import Backend

FOUND = {"status": "success", "data": {"resultType": "vector", "result": []}}
SERIES = {"status": "success", "data": {"resultType": "matrix", "result": [{"metric": {}, "values": [[60, "1"]]}]}}


class Scripted:
    """Gives its answers in order, the last one for ever, and keeps what it was asked."""

    def __init__(self, *answers: tuple[int, Any]) -> None:
        self.headers: list[dict[str, str]] = []
        answers_left = list(answers)
        kept = self.headers

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                kept.append(dict(self.headers))
                status, body = answers_left.pop(0) if len(answers_left) > 1 else answers_left[0]
                text = (body if isinstance(body, str) else json.dumps(body)).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    with Client(Access(server.url)) as opened:
        yield opened


def test_more_points_than_the_server_gives_at_once_come_in_slices(client: Client, server: Server) -> None:
    end = T0 + 60 * (MOST_POINTS + 500)
    whole: dict[str, str | int] = {"query": "vector(1)", "start": T0, "end": end, "step": 60}
    refused = httpx.get(f"{server.url}/api/v1/query_range", params=whole)
    assert "11,000 points" in refused.json()["error"]
    seen = [at for series in client.range("vector(1)", T0, end, 60) for at, _ in series.points]
    assert seen == [T0 + 60 * place for place in range(MOST_POINTS + 501)]


def test_slices_touch_and_do_not_overlap() -> None:
    assert list(slices(0, 10, 60)) == [(0, 10)]
    edge = 60.0 * MOST_POINTS
    assert list(slices(0, edge, 60)) == [(0, edge - 60), (edge, edge)]


def test_instant_queries_give_values_and_the_server_s_clock(client: Client) -> None:
    assert client.instant("karpenter_nodepools_limit", at=T0 + 600)[0].points == ((T0 + 600, 32.0),)
    assert client.instant("time()")[0].points[0][1] > T0


def test_what_the_server_refuses_is_said_in_its_words(client: Client) -> None:
    with pytest.raises(WorldError, match=r"400 Bad Request: .*parse error.*query: sum\(up"):
        client.instant("sum(up")


def test_a_server_that_is_gone_is_not_an_empty_answer(connection: Backend, tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        server.stop()
        source = Prometheus(connection, Access(server.url), days=1)
        with pytest.raises(WorldError, match="no answer after 4 attempts"):
            source.samples([Resource(resource_id="i", kind="machine")], None)


def test_a_passing_refusal_is_asked_again() -> None:
    with Scripted((503, "starting"), (429, "slow down"), (200, FOUND)) as server, Client(Access(server.url)) as client:
        assert client.instant("up") == ()
        assert len(server.headers) == 3


def test_what_does_not_pass_is_asked_once() -> None:
    with Scripted((422, {"status": "error", "error": "too many samples"})) as server:
        with Client(Access(server.url)) as client, pytest.raises(WorldError, match="too many samples"):
            client.instant("up")
        assert len(server.headers) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((401, "who are you"), "401 Unauthorized: who are you.*PROMETHEUS_TOKEN"),
        ((403, {"error": "no"}), "403 Forbidden: no.*PROMETHEUS_TOKEN"),
        ((404, "<html>nothing here</html>"), "404 Not Found.*path prefix"),
        ((200, "<html>a login page</html>"), "not as Prometheus does: <html>a login page"),
        ((200, [1]), "not as Prometheus does"),
    ],
)
def test_each_refusal_has_its_remedy(answer: tuple[int, Any], words: str) -> None:
    with Scripted(answer) as server, Client(Access(server.url)) as client:
        with pytest.raises(WorldError) as raised:
            client.instant("up")
        assert re.search(words, str(raised.value), re.DOTALL)


def test_an_answer_that_may_be_incomplete_is_a_named_defect(connection: Backend) -> None:
    partial = {**SERIES, "warnings": ["store-2 did not answer"]}
    with Scripted(
        (200, {"status": "success", "data": {"resultType": "scalar", "result": [600, "600"]}}), (200, partial)
    ) as server:
        source = Prometheus(connection, Access(server.url), days=1)
        samples = source.samples([Resource(resource_id="i", kind="machine")], None)
    assert [(one.code, one.count, one.repair) for one in samples.defects] == [
        ("partial-answer", 2, "store-2 did not answer")
    ]
    assert samples.table.count().execute() == 2


def test_token_and_headers_are_sent() -> None:
    with Scripted((200, FOUND)) as server:
        access = Access.of(server.url, ["X-Scope-OrgID: team-a"], environment={"PROMETHEUS_TOKEN": "s3cret"})
        with Client(access) as client:
            client.instant("up")
    assert server.headers[0]["Authorization"] == "Bearer s3cret"
    assert server.headers[0]["X-Scope-OrgID"] == "team-a"
    assert "s3cret" not in repr(access)


def test_a_password_in_the_address_is_in_no_message() -> None:
    url = f"http://user:pa55@127.0.0.1:{free_port()}/prom"
    with Client(Access(url), attempts=1) as client, pytest.raises(WorldError) as raised:
        client.instant("up")
    assert "pa55" not in str(raised.value)
    assert "/prom" in str(raised.value)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "no address was given"),
        ({"url": "localhost:9090"}, "is no address"),
        ({"url": "ftp://host"}, "is no address"),
        ({"url": "http://h", "headers": ["nonsense"]}, "is no header"),
        ({"url": "http://h", "headers": ["X: a\nY: b"]}, "is no header"),
        ({"url": "http://h", "environment": {"PROMETHEUS_TOKEN_FILE": "/does/not/exist"}}, "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_the_user_s_mistake(given: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError, match=words):
        Access.of(**{"environment": {}, **given})


def test_certificates_that_are_none_are_the_user_s_mistake(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("not a certificate")
    with pytest.raises(UserError, match="cannot be read as certificates"):
        Client(Access.of("https://h", ca_file=file, environment={}))


def test_a_token_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("from-file\n")
    access = Access.of("http://h/api/v1/", environment={"PROMETHEUS_TOKEN_FILE": str(file)})
    assert access.headers == {"Authorization": "Bearer from-file"}
    assert access.url == "http://h"
