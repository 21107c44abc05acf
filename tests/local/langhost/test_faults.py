"""Programs and options that are wrong, and programs that are interrupted."""

from __future__ import annotations

import signal
import subprocess
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.support.waiting import wait_for_child, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import Workspace

pytestmark = pytest.mark.engine

HANGS = """
import pathlib, sys, time, pulumi
pathlib.Path("started").touch()
time.sleep(600)
"""


def test_an_unknown_virtualenv_is_named_with_a_remedy(make_workspace: Callable[..., Workspace]) -> None:
    workspace = make_workspace("import pulumi", options={"virtualenv": "no-such-env"})
    refused = workspace.up(check=False)
    assert refused.code != 0
    assert f"virtualenv: 'no-such-env' does not exist ({workspace.folder / 'no-such-env'})" in refused.output
    assert f"python3 -m venv {workspace.folder / 'no-such-env'}" in refused.output
    assert "Traceback" not in refused.output


def test_a_folder_that_is_no_virtualenv_is_told_apart(make_workspace: Callable[..., Workspace]) -> None:
    refused = make_workspace("import pulumi", options={"virtualenv": "program"}).up(check=False)
    assert "virtualenv: 'program' is not a virtual environment" in refused.output


def test_an_unknown_toolchain_is_refused(make_workspace: Callable[..., Workspace]) -> None:
    refused = make_workspace("import pulumi", options={"toolchain": "poetry"}).up(check=False)
    assert refused.code != 0
    assert "toolchain: 'poetry' is not served by this language host; allowed are pip, uv" in refused.output


def test_an_exception_of_the_program_is_shown_once(make_workspace: Callable[..., Workspace]) -> None:
    refused = make_workspace("import pulumi\nraise ValueError('so it goes')").up(check=False)
    assert refused.code != 0
    assert refused.output.count("ValueError: so it goes") == 1
    assert "exited with code" not in refused.output


def test_an_exit_code_of_the_program_is_reported(make_workspace: Callable[..., Workspace]) -> None:
    refused = make_workspace("import pulumi, sys\nsys.exit(3)").up(check=False)
    assert refused.code != 0
    assert "the program exited with code 3" in refused.output


def test_a_type_checker_can_stop_a_program(make_workspace: Callable[..., Workspace]) -> None:
    workspace = make_workspace("import pulumi\nx: int = 'text'\n", options={"typechecker": "mypy"})
    refused = workspace.preview(check=False)
    assert refused.code != 0
    assert "Incompatible types in assignment" in refused.output
    assert "mypy exited with code 1" in refused.output


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_program_ends_quietly_with_its_host(
    make_workspace: Callable[..., Workspace], number: signal.Signals
) -> None:
    workspace = make_workspace(HANGS)
    with start(workspace) as engine:
        wait_until((workspace.folder / "program" / "started").exists, "the program to start")
        family = psutil.Process(engine.pid).children(recursive=True)
        engine.send_signal(number)
        said, errors = engine.communicate(timeout=60)
    assert engine.returncode != 0
    assert "Traceback" not in said + errors
    assert "KeyboardInterrupt" not in said + errors
    wait_until(lambda: not any(member.is_running() for member in family), "host and program to end")


def test_a_killed_engine_leaves_neither_host_nor_program(make_workspace: Callable[..., Workspace]) -> None:
    workspace = make_workspace(HANGS)
    with start(workspace) as engine:
        wait_until((workspace.folder / "program" / "started").exists, "the program to start")
        host = wait_for_child(engine.pid, "trimtab.local.langhost")
        family = [host, *host.children(recursive=True)]
        assert len(family) == 2
        engine.kill()
        engine.communicate()
    wait_until(lambda: not any(member.is_running() for member in family), "host and program to end")
    workspace.pulumi("cancel", "--yes")


def start(workspace: Workspace) -> subprocess.Popen[str]:
    engine = workspace.cloud.state.engine.folder / "pulumi"
    return subprocess.Popen(
        [str(engine), "preview", "--stack", "test", "--non-interactive", "--color=never"],
        cwd=workspace.folder,
        env=workspace.cloud.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
