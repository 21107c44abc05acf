"""Applies of the command line that are killed at random instants, and what the next command makes of them."""

from __future__ import annotations

import random
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tests.cost.apply.stack import AFTER, BEFORE

from benchmarks.kills.victims import Victim, kill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cost.apply.stack import Stack

_FLAGS = ("--yes", "--max-spend", "1", "--watch", "2s")
_ROLLED_BACK = 3


class End(StrEnum):
    """How a try ended: whole; the run cannot be brought to an end; or file, state and cloud say different things."""

    WHOLE = "whole"
    LOST = "lost"
    MIXED = "mixed"


@dataclass(frozen=True)
class Try:
    """One try: who died at which step, how it ended, and what is wrong where it is."""

    victim: Victim
    step: str
    end: End
    why: str = ""


class WrongError(Exception):
    """What a try found wrong."""

    def __init__(self, end: End, why: str) -> None:
        super().__init__(why)
        self.end = end


def tries(stack: Stack, count: int, seed: int) -> Iterator[Try]:
    """Kill `count` applies of a stack with a bucket, each at an instant drawn from the time that a whole one takes."""
    chance = random.Random(seed)  # noqa: S311  # the same draws for the same seed
    began = time.monotonic()
    _start(stack).communicate()
    usual = time.monotonic() - began
    for _ in range(count):
        yield _try(stack, chance.uniform(0, usual), chance.choice(list(Victim)))


def _start(stack: Stack) -> subprocess.Popen[str]:
    """Start an apply to the other size."""
    old = stack.size_in_file()
    advice = stack.advice(before=old, after=_other(old))
    return stack.start("apply", "--advice", str(advice), *_FLAGS)


def _other(size: int) -> int:
    return AFTER if size == BEFORE else BEFORE


def _try(stack: Stack, delay: float, victim: Victim) -> Try:
    old = stack.size_in_file()
    before = stack.config.read_bytes()
    texts = {before, before.replace(b"maxInstances: %d" % old, b"maxInstances: %d" % _other(old))}
    process = _start(stack)
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=delay)
    kill(process, victim)
    # An apply whose engine died goes on by itself: it says so, and goes back.
    said = "".join(process.communicate()) if victim is Victim.ENGINE else ""
    run = stack.folder.open_run()
    step = str(run.step or "planned") if run else "no step open"
    try:
        _hold_file(stack, texts, "after the kill")
        _hold_words(said)
        _resume(stack, run.id if run else "")
        _hold_file(stack, texts, "after resume")
        _hold_agreement(stack)
    except WrongError as wrong:
        return Try(victim, step, wrong.end, str(wrong))
    return Try(victim, step, End.WHOLE)


def _hold_file(stack: Stack, texts: set[bytes], when: str) -> None:
    if stack.config.read_bytes() not in texts:
        raise WrongError(End.MIXED, f"{when} the file is neither the old nor the new one")


def _hold_words(said: str) -> None:
    if "Traceback" in said or "a fault of trimtab's own" in said:
        raise WrongError(End.LOST, f"an error that is no message: {said}")


def _resume(stack: Stack, run: str) -> None:
    """Let the next command end the run; it must say which one it found, and leave none open."""
    code, out, err = stack.run("resume")
    _hold_words(out + err)
    told = f"run {run}: " in err if run else out == "no run is open.\n"
    if not told:
        raise WrongError(End.LOST, f"resume does not say what happened: {out}{err}")
    if code not in {0, _ROLLED_BACK} or stack.folder.open_run() is not None:
        raise WrongError(End.LOST, f"resume left with {code}: {out}{err}")


def _hold_agreement(stack: Stack) -> None:
    """The cloud reread, and the program run with the file as it is, must both find nothing to change."""
    found = stack.workspace.pulumi("preview", "--stack", "test", "--refresh", "--expect-no-changes", "--diff")
    if found.code:
        raise WrongError(End.MIXED, f"file, state and cloud differ: {found.stdout}{found.stderr}")
