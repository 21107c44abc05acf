"""Starting a pack: what the engine's language host runs."""

from __future__ import annotations

import signal
import sys
from concurrent import futures
from pathlib import Path
from typing import TYPE_CHECKING

import grpc
from pulumi.runtime.proto import analyzer_pb2_grpc

from trimtab import __version__
from trimtab.rules.registry import RULES
from trimtab.rules.runtime.analyzer import Analyzer
from trimtab.rules.waivers import find_waivers, read_waivers, usual_folders
from trimtab.spec.errors import TrimtabError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.rules.port import AnyRule

# The engine sends a whole stack in one message.
_MESSAGE_BYTES = 400 * 1024 * 1024


ALL = "all"
"""The name of the pack that holds the others'. The engine calls every pack twice for every resource, so one process
with all rules costs a preview a fifth of five."""


def serve_pack(pack: str, rules: Sequence[AnyRule] | None = None) -> None:
    """Serve one pack until the engine ends it; prints the port first, as every Pulumi plugin does.

    Args:
        pack: the pack's name; `all` for every rule of the registry.
        rules: its rules; those of the registry that name the pack, if left out.
    """
    chosen = rules if rules is not None else [rule for rule in RULES if pack in (rule.pack, ALL)]
    try:
        path = find_waivers(None, usual_folders(Path.cwd()))
        file = read_waivers(path, {rule.id for rule in (*RULES, *chosen)}) if path else None
    except TrimtabError as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(error.exit_code)
    waivers = file.of_rules({rule.id for rule in chosen}) if file else None
    _serve(Analyzer(f"trimtab-{pack}", __version__, chosen, waivers))


def _serve(analyzer: Analyzer) -> None:
    size = [("grpc.max_receive_message_length", _MESSAGE_BYTES), ("grpc.max_send_message_length", _MESSAGE_BYTES)]
    # One worker: the engine asks one resource at a time, and the findings so far are shared state.
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=1), options=size)
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(analyzer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: server.stop(grace=0))
    server.wait_for_termination()
