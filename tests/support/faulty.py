"""A reverse proxy before a cloud that answers some requests by itself, or not at all: what AWS does on a bad day.

    with FaultyCloud(cloud.endpoint) as faulty:
        faulty.fault = lambda asked: Answer(503, "SlowDown") if asked.is_s3("PUT", "tagging") else None
        subprocess.run([…], env={**cloud.environment, "AWS_ENDPOINT_URL": faulty.url})

Clients (boto3 in trimtab and in the provider) meet the fault on the wire; nothing in their processes is replaced.
"""

from __future__ import annotations

import http.client
import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

_HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"})


@dataclass(frozen=True)
class Asked:
    """A request as the cloud would get it."""

    method: str
    path: str
    service: str
    body: bytes
    is_json: bool

    def is_s3(self, method: str, part: str) -> bool:
        """Whether it is a request of S3 for a sub-resource: `PUT ?tagging`."""
        return self.service == "s3" and self.method == method and part in parse_qs(self.path.partition("?")[2], True)


@dataclass(frozen=True)
class Answer:
    """An error of AWS; a status of 0 hangs up without a word.

    Attributes:
        code: AWS's error code.
        after: whether the cloud does what was asked first, and only its answer is lost.
    """

    status: int
    code: str = ""
    after: bool = False


def no_fault(_: Asked) -> Answer | None:
    """Pass everything on."""
    return None


class FaultyCloud:
    """Listens on a free port from entry to exit.

    Attributes:
        fault: what to answer instead of the cloud; None: pass it on. May be replaced at any time.
    """

    def __init__(self, endpoint: str) -> None:
        self.upstream = urlsplit(endpoint)
        self.fault: Callable[[Asked], Answer | None] = no_fault
        self._server = _Server(self)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, cloud: FaultyCloud) -> None:
        self.cloud = cloud
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Say nothing."""

    def _handle(self) -> None:
        cloud = cast("_Server", self.server).cloud
        asked = self._asked()
        answer = cloud.fault(asked)
        if answer is None or answer.after:
            status, headers, body = self._passed_on(cloud, asked)
        if answer is not None:
            if not answer.status:
                self.close_connection = True
                return
            status, headers, body = answer.status, *_error(asked, answer.code)
        self._reply(status, headers, body)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _handle  # noqa: N815  # the base class's names

    def _asked(self) -> Asked:
        length = int(self.headers.get("Content-Length") or 0)
        # The scope of a signature is KEY, day, region, service, "aws4_request".
        scope = self.headers.get("Authorization", "").partition("Credential=")[2].split("/")
        return Asked(
            method=self.command,
            path=self.path,
            service=scope[3] if len(scope) > 3 else "",
            body=self.rfile.read(length),
            is_json="json" in self.headers.get("Content-Type", ""),
        )

    def _passed_on(self, cloud: FaultyCloud, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        upstream = http.client.HTTPConnection(cloud.upstream.hostname or "", cloud.upstream.port)
        upstream.request(asked.method, asked.path, asked.body, dict(self.headers.items()))
        got = upstream.getresponse()
        headers = {name: value for name, value in got.getheaders() if name.lower() not in _HOP_BY_HOP}
        body = got.read()
        if asked.method == "HEAD" and (length := got.getheader("Content-Length")):
            headers["Content-Length"] = length
        upstream.close()
        return got.status, headers, body

    def _reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _error(asked: Asked, code: str) -> tuple[dict[str, str], bytes]:
    """Write an error as the service's protocol has it."""
    message = "injected by the test"
    if asked.is_json:
        text = json.dumps({"__type": code, "message": message})
        return {"Content-Type": "application/x-amz-json-1.1", "x-amzn-errortype": code}, text.encode()
    error = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    whole = error if asked.service == "s3" else f"<ErrorResponse>{error}<RequestId>0</RequestId></ErrorResponse>"
    return {"Content-Type": "application/xml"}, whole.encode()
