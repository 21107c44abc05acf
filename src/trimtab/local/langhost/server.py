"""Serves the language host until the engine, or a signal, ends it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import language_pb2

from trimtab.local.langhost.children import Children
from trimtab.local.langhost.service import LanguageService

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SERVICE = "pulumirpc.LanguageRuntime"
_MAX_MESSAGE_BYTES = 400 * 1024 * 1024  # the engine's own limit
_WORKERS = 32  # a running program and each policy pack hold one for as long as they run
_PARENT_CHECK_SECONDS = 2.0


def serve(engine_address: str, exec_script: Path) -> None:
    """Print the port, then answer calls until SIGINT, SIGTERM or the engine's end."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    children = Children()
    server = grpc.server(
        ThreadPoolExecutor(max_workers=_WORKERS),
        options=[("grpc.max_receive_message_length", _MAX_MESSAGE_BYTES), ("grpc.so_reuseport", 0)],
    )
    server.add_generic_rpc_handlers((_handlers(LanguageService(engine_address, exec_script, children)),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    _wait(ended)
    children.end_all()
    server.stop(grace=None).wait()


def _wait(ended: threading.Event) -> None:
    """Until told to end; an engine that was killed tells nothing, but leaves this process to another parent."""
    engine = os.getppid()
    while not ended.wait(_PARENT_CHECK_SECONDS):
        if os.getppid() != engine:
            return


def _handlers(service: LanguageService) -> grpc.GenericRpcHandler:
    """The table of calls: the protocol's name, what answers it, and what it is asked with."""
    single, streaming = grpc.unary_unary_rpc_method_handler, grpc.unary_stream_rpc_method_handler
    calls: dict[str, tuple[Callable[..., Any], Callable[..., Any], Any]] = {
        "Handshake": (single, service.handshake, language_pb2.LanguageHandshakeRequest),
        "GetPluginInfo": (single, service.get_plugin_info, empty_pb2.Empty),
        "GetRequiredPackages": (single, service.get_required_packages, language_pb2.GetRequiredPackagesRequest),
        "GetRequiredPlugins": (single, service.get_required_plugins, language_pb2.GetRequiredPluginsRequest),
        "About": (single, service.about, language_pb2.AboutRequest),
        "GetProgramDependencies": (
            single,
            service.get_program_dependencies,
            language_pb2.GetProgramDependenciesRequest,
        ),
        "InstallDependencies": (streaming, service.install_dependencies, language_pb2.InstallDependenciesRequest),
        "Run": (single, service.run, language_pb2.RunRequest),
        "RunPlugin": (streaming, service.run_plugin, language_pb2.RunPluginRequest),
        "Cancel": (single, service.cancel, empty_pb2.Empty),
    }
    return grpc.method_handlers_generic_handler(
        SERVICE,
        {
            name: make(
                answer,
                request_deserializer=request.FromString,
                response_serializer=lambda message: message.SerializeToString(),
            )
            for name, (make, answer, request) in calls.items()
        },
    )
