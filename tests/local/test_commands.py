"""Tools that are run to their end, and what is shown while they run."""

from __future__ import annotations

import io
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from tests.support.waiting import wait_for_child, wait_until
from trimtab.local.commands import run, run_checked
from trimtab.local.home import Home
from trimtab.local.progress import ConsoleProgress, clock
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from pathlib import Path

RUN = """
import sys
from trimtab.local.commands import run
from trimtab.local.interrupts import terminate_as_interrupt
with terminate_as_interrupt():
    run([sys.executable, "-c", "import time; time.sleep(600)  # the tool"])
"""


def test_a_tool_gives_its_output_and_code() -> None:
    finished = run([sys.executable, "-c", "import sys; print('out'); print('err', file=sys.stderr); sys.exit(4)"])
    assert (finished.code, finished.stdout, finished.stderr) == (4, "out\n", "err\n")


def test_a_tool_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="no-such-tool cannot be started: No such file or directory"):
        run([str(tmp_path / "no-such-tool")])


def test_a_failure_shows_the_end_of_the_output(tmp_path: Path) -> None:
    script = "import sys; [print(n) for n in range(100)]; sys.exit(1)"
    with pytest.raises(WorldError, match=r"counting failed \(exit code 1\):\n88\n") as caught:
        run_checked([sys.executable, "-c", script], "counting", remedy="count less.", where=tmp_path)
    assert str(caught.value).endswith("remedy: count less.")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_takes_the_tool_along(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", RUN], stderr=subprocess.PIPE, text=True) as runner:
        tool = wait_for_child(runner.pid, "# the tool")
        runner.send_signal(number)
        runner.communicate(timeout=30)
    wait_until(lambda: not tool.is_running(), "the tool to end")


def test_a_log_gets_a_line_now_and_then() -> None:
    shown = io.StringIO()
    progress = ConsoleProgress(Console(file=shown, width=200), interval_seconds=0.02)
    with progress.step("building", 300):
        until = time.monotonic() + 30
        while shown.getvalue().count("\n") < 3:
            assert time.monotonic() < until, shown.getvalue()
            time.sleep(0.01)
    lines = shown.getvalue().splitlines()
    assert lines[0] == "building (about 5:00)"
    assert re.fullmatch(r"building: 0:\d\d of about 5:00", lines[1])


def test_a_terminal_gets_one_live_line_with_the_time() -> None:
    shown = io.StringIO()
    progress = ConsoleProgress(Console(file=shown, force_terminal=True, width=100))
    with progress.step("building [it]", 75):
        pass
    assert "building [it]" in shown.getvalue()
    assert "of about 1:15" in shown.getvalue()


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.9, "0:59"), (75, "1:15"), (600, "10:00")])
def test_times_are_shown_as_on_a_clock(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def test_homes_come_from_the_environment(tmp_path: Path) -> None:
    home = Home.from_environment({"TRIMTAB_HOME": str(tmp_path)})
    assert (home.builds, home.local) == (tmp_path / "builds", tmp_path / "local")
    assert Home.from_environment({"TRIMTAB_BUILDS": str(tmp_path)}).builds == tmp_path
    with pytest.raises(UserError, match="TRIMTAB_HOME: 'here' is a relative path"):
        Home.from_environment({"TRIMTAB_HOME": "here"})
