"""Whether a server on this machine answers HTTP."""

from __future__ import annotations

import http.client
import socket
import time
from typing import TYPE_CHECKING

import psutil

from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

HOST = "127.0.0.1"
_TIMEOUT_SECONDS = 3.0


def answers(port: int) -> bool:
    """Whether something on `port` answers a request, whatever it answers."""
    connection = http.client.HTTPConnection(HOST, port, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/moto-api/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again; gives False where the time ran out."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def require_free(port: int) -> None:
    """Refuse a port that is taken, or that this user may not take.

    Raises:
        UserError: it is.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise UserError(
                f"--port {port}: cannot be used on {HOST}: {error.strerror}{_holder(port)}. Nothing was started.",
                remedy="name another port, or leave --port out to take any free one.",
            ) from error


def _holder(port: int) -> str:
    try:
        for connection in psutil.net_connections(kind="tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.pid and connection.laddr[1:] == (port,):
                return f" (process {connection.pid}, {psutil.Process(connection.pid).name()}, listens there)"
    except psutil.Error:
        # Looking at other users' processes may be forbidden; the message does without.
        return ""
    return ""
