"""Services of a test's own: on a free port, with their output in a file, ended by process id."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from trimtab.local.processes import ProcessRecord, end, failed, is_running, launch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

START_SECONDS = 300.0
POLL_SECONDS = 0.2


class NotYetError(Exception):
    """The service does not answer yet."""


def free_port() -> int:
    """A TCP port of the loopback that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def service(
    name: str, command: Sequence[str], *, log: Path, env: Mapping[str, str], ready: Callable[[], bool]
) -> Iterator[ProcessRecord]:
    """Run a service for the length of a block.

    Raises:
        WorldError: it ended before it was ready.
    """
    record = launch(name, command, log=log, env=env)
    try:
        _await(record, ready)
        yield record
    finally:
        end(record)


def answers(url: str) -> bool:
    """Whether an address answers with 200."""
    try:
        return httpx.get(url, timeout=5).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


@retry(
    retry=retry_if_exception_type(NotYetError),
    stop=stop_after_delay(START_SECONDS),
    wait=wait_fixed(POLL_SECONDS),
    reraise=True,
)
def _await(record: ProcessRecord, ready: Callable[[], bool]) -> None:
    if not is_running(record):
        raise failed(record, "ended")
    if not ready():
        raise NotYetError(record.name)
