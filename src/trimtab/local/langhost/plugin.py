"""Runs a plugin that is written in Python: a policy pack, or a package of components."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pulumi.runtime.proto import language_pb2

from trimtab.local.langhost.program import interpreter_of
from trimtab.local.langhost.streaming import Stream, output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from trimtab.local.langhost.children import Children

ANALYZER = "analyzer"
"""The kind of plugin that a policy pack is."""


def run_plugin(
    request: language_pb2.RunPluginRequest,
    *,
    children: Children,
    on_end_of_call: Callable[[Callable[[], None]], object],
) -> Iterator[language_pb2.RunPluginResponse]:
    """Run the plugin: pieces of its output as they come, then its exit code.

    Raises:
        OptionError: the runtime options cannot be honoured.
    """
    interpreter = interpreter_of(request.info)
    environment = interpreter.environment(_parsed(request.env) or dict(os.environ))
    child = children.start(
        [str(interpreter.python), "-u", *_arguments(request)], cwd=Path(request.pwd), env=environment, capture=True
    )
    on_end_of_call(lambda: children.end(child))
    for stream, piece in output(child):
        if stream is Stream.STDOUT:
            yield language_pb2.RunPluginResponse(stdout=piece)
        else:
            yield language_pb2.RunPluginResponse(stderr=piece)
    yield language_pb2.RunPluginResponse(exitcode=children.wait(child))


def _arguments(request: language_pb2.RunPluginRequest) -> list[str]:
    folder = request.info.program_directory
    if request.kind == ANALYZER:
        # `pulumi.policy` takes the engine's address, then the pack; what else the engine passes are its log flags.
        return ["-m", "pulumi.policy", *request.args[:1], folder, *request.args[1:]]
    return [folder, *request.args]


def _parsed(entries: Iterable[str]) -> dict[str, str]:
    pairs = (entry.partition("=") for entry in entries)
    return {name: value for name, _, value in pairs}
