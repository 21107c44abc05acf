"""Two commands in turn, A B A B …, so that a drift of the machine's speed falls on both."""

from __future__ import annotations

import statistics
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Pair:
    """Wall seconds of both commands, run by run."""

    ours: tuple[float, ...]
    peer: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Median of the ratios ours/peer, pair by pair."""
        return statistics.median(a / b for a, b in zip(self.ours, self.peer, strict=True))

    def line(self, name: str, goal: float) -> str:
        """Return one line: medians, ratio, goal."""
        ours, peer = statistics.median(self.ours), statistics.median(self.peer)
        return f"{name}: {ours:.2f} s against {peer:.2f} s, ratio {self.ratio:.2f} (goal: {goal:.2f} at most)"


def seconds(command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> float:
    """Run a command to its end and return its wall time in seconds.

    Raises:
        subprocess.CalledProcessError: it failed; its output is shown first.
    """
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=env, check=False, capture_output=True, text=True)
    elapsed = time.perf_counter() - start
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n")
        done.check_returncode()
    return elapsed


def in_turn(
    ours: Sequence[str],
    peer: Sequence[str],
    *,
    runs: int,
    ours_cwd: Path | None = None,
    peer_cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Pair:
    """Time both commands `runs` times in turn, after one warm-up of each."""
    times = [(seconds(ours, cwd=ours_cwd, env=env), seconds(peer, cwd=peer_cwd, env=env)) for _ in range(runs + 1)]
    counted = times[1:]
    return Pair(tuple(a for a, _ in counted), tuple(b for _, b in counted))
