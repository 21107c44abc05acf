"""The processes that this host has started, all of which end with it."""

from __future__ import annotations

import signal
import subprocess
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_GRACE_SECONDS = 2.0
"""Shorter than the 5 s after which the engine kills the host."""


class Children:
    """Starts processes and ends those that still run."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._closed = False

    def start(
        self, args: Sequence[str], *, cwd: Path, env: Mapping[str, str], capture: bool
    ) -> subprocess.Popen[bytes]:
        """Start a process; its output is captured, or goes where this host's goes.

        Raises:
            OSError: it cannot be started.
            InterruptedError: the host is ending.
        """
        pipe = subprocess.PIPE if capture else None
        with self._lock:
            if self._closed:
                raise InterruptedError
            # The engine interrupts the host's whole process group. The children stay in it, so that the engine's
            # kill reaches them too, but the interrupt itself is blocked for them: they would answer it with a
            # traceback. They are ended by `end_all`.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                child = subprocess.Popen(
                    list(args), cwd=cwd, env=dict(env), stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe
                )
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
            self._running.add(child)
        return child

    def wait(self, child: subprocess.Popen[bytes]) -> int:
        """Wait for its end; gives its exit code, negative for the signal that ended it."""
        code = child.wait()
        with self._lock:
            self._running.discard(child)
        return code

    def end(self, child: subprocess.Popen[bytes]) -> None:
        """Ask it to end, and kill it if it does not."""
        if child.poll() is not None:
            return
        child.terminate()
        try:
            child.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()

    def end_all(self) -> None:
        """End every process that still runs; none can be started afterwards."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        for child in running:
            if child.poll() is None:
                child.terminate()
        for child in running:
            self.end(child)
