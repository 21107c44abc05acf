"""Running a Pulumi program in this process, with a recorder where the engine would be."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import inspect
import logging
import runpy
import sys
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi
from pulumi.runtime import set_all_config, set_mocks
from pulumi.runtime.settings import SETTINGS, set_root_resource

from trimtab.render.monitor import Answers, Recorder
from trimtab.render.placeholders import Placeholders
from trimtab.spec.errors import TrimtabError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from trimtab.render.recorded import Recorded


@dataclass(frozen=True)
class Settings:
    """Whose program runs, and with which configuration.

    Attributes:
        project, stack: their names.
        config: `namespace:key` to the text that Pulumi would hand over.
        secrets: the keys whose value is a secret.
    """

    project: str = "program"
    stack: str = "render"
    config: Mapping[str, str] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()


class _Said(logging.Handler):
    """The errors that a program reported before it gave up."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.errors.append(record.getMessage())


def run(
    program: Callable[[], object], settings: Settings, placeholders: Placeholders | None = None
) -> tuple[list[Recorded], Placeholders]:
    """Run a program to its end and return what it declared.

    Args:
        program: declares resources; what it returns is left alone.
        settings: its project, stack and configuration.
        placeholders: the stand-ins that its configuration already holds.

    Raises:
        UserError: the program failed.
    """
    answers = Answers(placeholders or Placeholders())
    recorder = Recorder(answers)
    said = _Said()
    logger = logging.Logger("trimtab.render")  # noqa: LOG001  # of this run alone; nobody else hears it
    logger.addHandler(said)

    def declare() -> None:
        pulumi.runtime.register_stack_transformation(answers.note)
        program()

    async def main() -> None:
        # A program that failed earlier in this process leaves outputs that nobody will ever resolve; Pulumi would wait
        # for them, or for their closed loop, at the end of this run.
        SETTINGS.outputs = set()
        set_mocks(answers, settings.project, settings.stack, preview=False, logger=logger, monitor=recorder)
        set_all_config(dict(settings.config), sorted(settings.secrets))
        # `set_mocks` makes a stack that is finished at once; the program's own is made by `run_in_stack`.
        set_root_resource(None)  # type: ignore[arg-type]  # none yet
        await pulumi.runtime.run_in_stack(declare)

    try:
        # Pulumi keeps its settings in context variables, so a context of its own leaves the caller's alone.
        contextvars.copy_context().run(asyncio.run, main())
    except (TrimtabError, KeyboardInterrupt):
        raise
    except SystemExit as stop:
        if stop.code not in (None, 0):
            raise _failed(said.errors, f"it left with {stop.code}") from stop
    except Exception as error:
        raise _failed(said.errors, _line_of(error)) from error
    if said.errors:
        raise _failed(said.errors, "")
    return recorder.recorded, answers.placeholders


def run_folder(folder: Path, settings: Settings, placeholders: Placeholders) -> tuple[list[Recorded], Placeholders]:
    """Run the program that a folder holds, as Pulumi's language host would.

    Raises:
        UserError: the program failed.
    """
    with _inside(folder):
        return run(lambda: runpy.run_path(str(folder), run_name="__main__"), settings, placeholders)


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Work in the program's folder; what it prints goes to standard error; its own modules are forgotten after it."""
    before = set(sys.modules)
    path = list(sys.path)
    sys.path.insert(0, str(folder))
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        sys.path[:] = path
        for name in set(sys.modules) - before:
            # Statically: a module that loads when it is first looked into would load now, for nothing.
            if str(inspect.getattr_static(sys.modules[name], "__file__", "")).startswith(f"{folder}/"):
                del sys.modules[name]


def _line_of(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)
    own = [
        frame
        for frame in last
        if "site-packages" not in frame.filename
        and "/lib/python" not in frame.filename
        and "/trimtab/render/" not in frame.filename
    ]
    at = f" (line {own[-1].lineno} of {own[-1].filename.rsplit('/', 1)[-1]})" if own else ""
    return f"{type(error).__name__}: {error}{at}"


def _failed(errors: list[str], reason: str) -> UserError:
    text = "; ".join(error.strip() for error in (errors or [reason]))
    return UserError(
        f"the program failed: {text}",
        remedy="mend the program or its configuration; `pulumi preview` says the same. A value that only a cloud "
        "decides is a text like ${Instance.db.address} here, so decode or parse it in the cluster, not in the program.",
    )
