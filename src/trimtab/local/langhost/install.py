"""Installs what a program or plugin requires (`pulumi install`)."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from google.protobuf.json_format import MessageToDict
from pulumi.runtime.proto import language_pb2

from trimtab.local.langhost.interpreter import OptionError, choose
from trimtab.local.langhost.streaming import Stream, output

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trimtab.local.langhost.children import Children


def install(
    info: language_pb2.ProgramInfo, *, children: Children
) -> Iterator[language_pb2.InstallDependenciesResponse]:
    """Make the virtual environment that is named and lacking, then install `requirements.txt` or `pyproject.toml`.

    Raises:
        OptionError: an installer is lacking, or it failed.
    """
    options, root = MessageToDict(info.options), Path(info.root_directory)
    folder = Path(info.program_directory)
    yield from _make_virtualenv(options, root, children)
    wanted = _wanted(folder) or _wanted(root)
    if not wanted:
        return
    python = choose(options, root).python
    yield from _stream([*_installer(str(python)), *wanted], folder, children)


def _make_virtualenv(
    options: Mapping[str, Any], root: Path, children: Children
) -> Iterator[language_pb2.InstallDependenciesResponse]:
    named = options.get("virtualenv")
    if named and not (root / str(named)).exists():
        yield from _stream([sys.executable, "-m", "venv", str(root / str(named))], root, children)


def _wanted(folder: Path) -> list[str]:
    requirements = folder / "requirements.txt"
    if requirements.exists():
        return ["-r", str(requirements)]
    return ["-e", str(folder)] if (folder / "pyproject.toml").exists() else []


def _installer(python: str) -> list[str]:
    uv = shutil.which("uv")
    return [uv, "pip", "install", "--python", python] if uv else [python, "-m", "pip", "install"]


def _stream(args: list[str], folder: Path, children: Children) -> Iterator[language_pb2.InstallDependenciesResponse]:
    child = children.start(args, cwd=folder, env=os.environ, capture=True)
    for stream, piece in output(child):
        if stream is Stream.STDOUT:
            yield language_pb2.InstallDependenciesResponse(stdout=piece)
        else:
            yield language_pb2.InstallDependenciesResponse(stderr=piece)
    code = children.wait(child)
    if code != 0:
        raise OptionError(f"`{' '.join(args)}` failed with exit code {code}; its output says why.")
