"""AWS in a thread of the test."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from trimtab.local.cloud.server import build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def client() -> Iterator[Callable[[str], Any]]:
    """Makes clients of a local AWS that lives as long as the test."""
    server = build("127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    session: Any = boto3.Session(aws_access_key_id="local", aws_secret_access_key="local", region_name="eu-north-1")
    yield lambda service: session.client(service, endpoint_url=f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()
