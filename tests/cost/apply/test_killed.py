"""kill -9 at every line of the journal, through the real engine: nothing is lost, nothing is mixed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from benchmarks.kills.tries import End, tries

from tests.cost.apply.load import load
from tests.cost.apply.stack import AFTER, BEFORE
from trimtab.cost.model.journal import Outcome

if TYPE_CHECKING:
    from tests.cost.apply.stack import Stack

pytestmark = pytest.mark.engine
ROOT = Path(__file__).parents[3]

# Lines: 0 planned, 1-2 gate, 3-4 edit, 5-6 up, 7 watch, 8 verified, 9 closed; going back: 9-10 edit, 11-12 up,
# 13 closed. Killed after a `begun` line the step was not taken; before the line that follows, it was.
GOOD = [("before", 1), ("after", 1), ("before", 2), ("after", 3), ("before", 4), ("after", 5), ("before", 6),
        ("after", 7), ("before", 8), ("before", 9)]  # fmt: skip
BAD = [("after", 8), ("after", 9), ("before", 10), ("after", 11), ("before", 12), ("before", 13)]


def drive(stack: Stack, *args: str) -> tuple[int, str]:
    """Run the driver in the project; return its exit code and its last line."""
    env = {**stack.cloud.environment, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.cost.apply.driver", *args], cwd=stack.workspace.folder, env=env,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    last = (done.stdout.strip().splitlines() or [done.stderr])[-1]
    return done.returncode, last if done.returncode in {0, -signal.SIGKILL} else done.stderr


@dataclass(frozen=True)
class Tried:
    """An apply that died: the size and the bytes of the file that it began with, and the size that it wanted."""

    old: int
    new: int
    before: bytes

    @property
    def after(self) -> bytes:
        return self.before.replace(b"maxInstances: %d" % self.old, b"maxInstances: %d" % self.new)


def killed(stack: Stack, verdict: str, when: str, line: int) -> Tried:
    """Apply from the size that the stack has to the other one, and die on the way."""
    old = stack.size_in_file()
    tried = Tried(old, AFTER if old == BEFORE else BEFORE, stack.config.read_bytes())
    stack.advice(before=tried.old, after=tried.new)
    code, last = drive(stack, "apply", verdict, when, str(line))
    assert code == -signal.SIGKILL, last
    assert stack.config.read_bytes() in {tried.before, tried.after}
    assert stack.folder.open_run() is not None
    return tried


@pytest.mark.parametrize(("when", "line"), GOOD)
def test_a_killed_apply_is_finished(light_stack: Stack, when: str, line: int) -> None:
    tried = killed(light_stack, "good", when, line)
    assert drive(light_stack, "resume", "good") == (0, Outcome.KEPT)
    assert light_stack.sizes() == {tried.new}
    assert light_stack.config.read_bytes() == tried.after
    assert light_stack.folder.open_run() is None


@pytest.mark.parametrize(("when", "line"), BAD)
def test_a_killed_way_back_is_finished(light_stack: Stack, when: str, line: int) -> None:
    tried = killed(light_stack, "bad", when, line)
    # The metrics are good by now; what was judged bad goes back all the same.
    assert drive(light_stack, "resume", "good") == (0, Outcome.ROLLED_BACK)
    assert light_stack.sizes() == {tried.old}
    assert light_stack.config.read_bytes() == tried.before


@pytest.mark.parametrize(("when", "line"), [("after", 3), ("before", 4), ("after", 5), ("after", 7)])
def test_a_killed_apply_is_undone(light_stack: Stack, when: str, line: int) -> None:
    tried = killed(light_stack, "good", when, line)
    assert drive(light_stack, "undo", "good") == (0, Outcome.ROLLED_BACK)
    assert light_stack.sizes() == {tried.old}
    assert light_stack.config.read_bytes() == tried.before


def test_an_undo_that_is_killed_stays_an_undo(light_stack: Stack) -> None:
    tried = killed(light_stack, "good", "before", 8)
    line = len(light_stack.last_run().events) + 1
    assert drive(light_stack, "undo", "good", "after", str(line))[0] == -signal.SIGKILL
    assert drive(light_stack, "resume", "good") == (0, Outcome.ROLLED_BACK)
    assert light_stack.config.read_bytes() == tried.before


def test_an_engine_that_outlives_its_apply_is_waited_for(stack: Stack) -> None:
    """Only trimtab dies, in the middle of `pulumi up`: the engine goes on alone, and resume meets its lock."""
    before = stack.config.read_bytes()
    process = stack.start("apply", "--advice", str(stack.advice()), "--yes", "--max-spend", "1", "--watch", "1s")
    assert process.stderr is not None
    for line in process.stderr:
        if line.strip() == "pulumi up":
            break
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert stack.config.read_bytes() == before.replace(b"maxInstances: 4", b"maxInstances: 2")
    code, _, err = stack.run("apply", "--yes")
    assert code == 2
    assert "has not ended" in err
    code, out, err = stack.run("resume", "--undo")
    assert code == 0, err
    assert "rolled-back" in out
    assert stack.sizes() == {BEFORE}
    assert stack.config.read_bytes() == before
    assert stack.run("resume") == (0, "no run is open.\n", "")


def test_killed_at_random_instants(stack: Stack) -> None:
    """A few of the tries that `python -m benchmarks.kills` makes."""
    with load(stack, 55):
        found = list(tries(stack, 3, seed=7))
    assert [one for one in found if one.end is not End.WHOLE] == []
