"""The gRPC server: one thread a request, its port as the first line on stdout."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from trimtab.local.awsprovider.provider import AwsProvider

if TYPE_CHECKING:
    from types import FrameType

_WORKERS = 16
# The engine lets states grow to this size; a policy document or a dashboard may be long.
_MAX_BYTES = 400 * 1024 * 1024


def build() -> tuple[grpc.Server, int]:
    """A started server on a free port of the loopback interface, and that port."""
    server = grpc.server(
        ThreadPoolExecutor(max_workers=_WORKERS),
        options=[
            ("grpc.max_receive_message_length", _MAX_BYTES),
            ("grpc.max_send_message_length", _MAX_BYTES),
        ],
    )
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(AwsProvider(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port


def serve() -> None:
    """Serve until the engine ends this process; SIGINT and SIGTERM end it quietly."""
    done = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        done.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server, port = build()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    parent = os.getppid()
    # An engine that was killed sends no signal; its child is given to another parent.
    while not done.wait(timeout=1) and os.getppid() == parent:
        pass
    server.stop(grace=1).wait()
