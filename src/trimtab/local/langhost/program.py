"""Runs a Pulumi program to its end."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from google.protobuf.json_format import MessageToDict
from pulumi.runtime.proto import language_pb2

from trimtab.local.langhost.interpreter import Interpreter, OptionError, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trimtab.local.langhost.children import Children

ALREADY_SHOWN = 32
"""Exit code of a program whose error the user has already seen."""

TYPECHECKERS = ("mypy", "pyright")


def interpreter_of(info: language_pb2.ProgramInfo) -> Interpreter:
    """The interpreter that a program's runtime options ask for.

    Raises:
        OptionError: they cannot be honoured.
    """
    return choose(MessageToDict(info.options), Path(info.root_directory))


def run_program(
    request: language_pb2.RunRequest,
    *,
    exec_script: Path,
    engine_address: str,
    children: Children,
    on_end_of_call: Callable[[Callable[[], None]], object],
) -> language_pb2.RunResponse:
    """Run the program; its output goes where this host's goes, which is where the engine reads it.

    Args:
        request: the engine's.
        exec_script: `pulumi-language-python-exec`.
        engine_address: the engine's log service.
        children: starts the process.
        on_end_of_call: takes what is to be done when the engine gives the call up.

    Raises:
        OptionError: the runtime options cannot be honoured.
    """
    interpreter = interpreter_of(request.info)
    environment = {
        **interpreter.environment(os.environ),
        "PULUMI_CONFIG": json.dumps(dict(request.config)),
        "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
    }
    folder = Path(request.info.program_directory)
    commands = [
        *_typechecks(request.info, interpreter),
        [str(interpreter.python), "-u", str(exec_script), *_arguments(request, engine_address)],
    ]
    for command in commands:
        child = children.start(command, cwd=folder, env=environment, capture=False)
        on_end_of_call(lambda child=child: children.end(child))  # type: ignore[misc]  # a default binds the loop's value
        code = children.wait(child)
        if code != 0:
            return _failure(code, command)
    return language_pb2.RunResponse()


def _arguments(request: language_pb2.RunRequest, engine_address: str) -> list[str]:
    options = {
        "monitor": request.monitor_address,
        "engine": engine_address,
        "project": request.project,
        "stack": request.stack,
        "organization": request.organization,
        "root_directory": request.info.root_directory,
        "pwd": request.pwd,
        "dry_run": "true" if request.dryRun else "false",
        "parallel": str(request.parallel),
    }
    flags = [part for name, value in options.items() if value for part in (f"--{name}", value)]
    return [*flags, request.info.entry_point, *request.args]


def _typechecks(info: language_pb2.ProgramInfo, interpreter: Interpreter) -> Sequence[list[str]]:
    asked = str(MessageToDict(info.options).get("typechecker") or "")
    if not asked:
        return ()
    if asked not in TYPECHECKERS:
        raise OptionError(f"runtime option typechecker: {asked!r}; allowed are {', '.join(TYPECHECKERS)}.")
    return ([str(interpreter.python), "-m", asked, info.program_directory],)


def _failure(code: int, command: Sequence[str]) -> language_pb2.RunResponse:
    if code == ALREADY_SHOWN:
        return language_pb2.RunResponse(bail=True)
    ended = f"was ended by signal {-code}" if code < 0 else f"exited with code {code}"
    name = Path(command[2]).name
    what = name if name in TYPECHECKERS else "the program"
    return language_pb2.RunResponse(error=f"{what} {ended}")
