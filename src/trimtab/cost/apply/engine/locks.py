"""The engine's own lock on a stack: who holds it, and whether anybody is left to give it back."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass

import psutil

# Pulumi's file and object store backends: "created by mara@build-7 (pid 4711) at 2026-11-24T21:00:00Z".
_HOLDER = re.compile(r"created by (?P<user>\S+)@(?P<host>\S+) \(pid (?P<pid>\d+)\)(?: at (?P<since>\S+))?")
_LOCKED = ("currently locked", "another update is currently in progress")


@dataclass(frozen=True)
class Holder:
    """Who holds a stack's lock."""

    user: str
    host: str
    pid: int
    since: str

    @property
    def is_gone(self) -> bool:
        """Whether its process was on this machine and is no more."""
        if self.host != socket.gethostname():
            return False
        try:
            return "pulumi" not in psutil.Process(self.pid).name()
        except psutil.NoSuchProcess:
            return True
        except psutil.AccessDenied:
            return False

    def __str__(self) -> str:
        return f"{self.user}@{self.host}, process {self.pid}" + (f", since {self.since}" if self.since else "")


def is_locked(output: str) -> bool:
    """Whether an engine's output says that the stack is locked."""
    return any(phrase in output for phrase in _LOCKED)


def holders(output: str) -> tuple[Holder, ...]:
    """Read who holds the lock; empty where the backend does not say (Pulumi Cloud)."""
    return tuple(
        Holder(found["user"], found["host"], int(found["pid"]), found["since"] or "")
        for found in _HOLDER.finditer(output)
    )
