"""Applies that are killed at random instants, the engine with them or not; counts what was lost or mixed.

`python -m tests.cost.apply.faults 50` makes 50 tries and prints the count; the tests make a few.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from tests.cost.apply.stack import AFTER, BEFORE, PROGRAM, Stack
from tests.support import LocalCloud, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]


def tries(stack: Stack, count: int, seed: int) -> Iterator[str]:
    """Kill `count` applies at random instants, and say of each how it ended; `ok` is what is wanted."""
    chance = random.Random(seed)  # noqa: S311  # the same instants for the same seed
    began = time.monotonic()
    _apply(stack).communicate()
    usual = time.monotonic() - began
    for _ in range(count):
        yield _try(stack, chance.uniform(0, usual), with_engine=chance.random() < 0.5)


def _try(stack: Stack, delay: float, *, with_engine: bool) -> str:
    old = stack.size_in_file()
    before = stack.config.read_bytes()
    new = AFTER if old == BEFORE else BEFORE
    after = before.replace(b"maxInstances: %d" % old, b"maxInstances: %d" % new)
    process = _apply(stack)
    with suppress(subprocess.TimeoutExpired):
        process.wait(delay)
    _kill(process, with_engine=with_engine)
    where = str(run.step) if (run := stack.folder.open_run()) else "before or after all steps"
    if stack.config.read_bytes() not in {before, after}:
        return f"mixed: the file is neither the old nor the new one, killed at {where}"
    code, out, err = stack.run("resume", "--undo") if run else (0, "", "")
    if code:
        return f"lost: resume left with {code} at {where}: {out}{err}"
    if len(stack.sizes()) > 1:
        return f"mixed: file, state and cloud differ, killed at {where}"
    if stack.config.read_bytes() not in {before, after}:
        return f"mixed: the file after resume is neither the old nor the new one, killed at {where}"
    return "ok"


def _apply(stack: Stack) -> subprocess.Popen[str]:
    """Start an apply to the other size, by the driver: the verdict is good at once."""
    old = stack.size_in_file()
    stack.advice(before=old, after=AFTER if old == BEFORE else BEFORE)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.cost.apply.driver", "apply", "good"],
        cwd=stack.workspace.folder,
        env={**stack.cloud.environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _kill(process: subprocess.Popen[str], *, with_engine: bool) -> None:
    below: list[psutil.Process] = []
    with suppress(psutil.NoSuchProcess):
        below = psutil.Process(process.pid).children(recursive=True) if with_engine else []
    process.kill()
    for child in below:
        with suppress(psutil.NoSuchProcess):
            child.kill()
    process.wait()


def main(count: int, seed: int = 1) -> int:
    """Make the tries in a cloud of their own and print what came of them."""
    with tempfile.TemporaryDirectory() as name, LocalCloud(Path(name) / "cloud") as cloud:
        stack = Stack.made(Workspace(cloud, Path(name) / "faults", program=PROGRAM, name="faults"), bucket=True)
        found: Counter[str] = Counter()
        for end in tries(stack, count, seed):
            found[end] += 1
            sys.stdout.write(f"{sum(found.values())}/{count}: {end}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{found['ok']} of {count} applies killed at random instants: nothing lost, nothing mixed\n")
    return 0 if found["ok"] == count else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
