"""A cloud of its own for the additions to moto."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest

from trimtab.local.cloud.server import build

Client = Callable[[str], Any]


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    """boto3 clients of a server in this process."""
    server = build("127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()

    def connect(service: str) -> Any:
        return boto3.client(  # type: ignore[call-overload]  # named at run time
            service,
            region_name="eu-central-1",
            endpoint_url=f"http://127.0.0.1:{server.server_port}",
            aws_access_key_id="local",
            aws_secret_access_key="local",
        )

    yield connect
    server.shutdown()
    thread.join()
    server.server_close()
