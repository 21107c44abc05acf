"""Moto's HTTP server on one port, threaded, ended by SIGTERM or SIGINT without noise."""

from __future__ import annotations

import signal
import sys
import threading
from typing import TYPE_CHECKING

from moto.core.config import default_user_config
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import BaseWSGIServer, make_server

from trimtab.local.cloud.cloudcontrol import CloudControl
from trimtab.local.cloud.extensions import install
from trimtab.local.cloud.mwaa import Mwaa
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from types import FrameType


class QuietHandler(MotoRequestHandler):
    """Moto's request handler without a log line a request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: the log of a local cloud is for what went wrong."""


def build(host: str, port: int) -> BaseWSGIServer:
    """Bind moto, with our additions, to `host` and `port`.

    Args:
        host: the address to listen on.
        port: the port; 0 takes any free one.

    Raises:
        UserError: another process listens there, or the address is not one of this machine.
    """
    install()
    # Every account has AWS's own policies; moto loads them only where it is asked to.
    default_user_config["iam"]["load_aws_managed_policies"] = True
    try:
        return make_server(
            host,
            port,
            Mwaa(CloudControl(DomainDispatcherApplication(create_backend_app))),
            threaded=True,
            request_handler=QuietHandler,
        )
    except (OSError, SystemExit) as error:
        # werkzeug prints its own advice and leaves with SystemExit where the port is taken.
        raise UserError(
            f"port {port} of {host} cannot be used: {error}",
            remedy="Name another with --port, or 0 for any free one.",
        ) from error


def serve(host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; the first line on stdout is the port."""
    server = build(host, port)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        # shutdown() waits for serve_forever, which this very thread runs.
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.1)
    server.server_close()
