"""Waits for what another process does; the limit only ends a test that would hang."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT_SECONDS = 60.0


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Ask until `condition` holds."""
    until = time.monotonic() + LIMIT_SECONDS
    while not condition():
        assert time.monotonic() < until, f"waited in vain: {what}"
        time.sleep(0.02)


def wait_for_child(parent: int, word: str) -> psutil.Process:
    """A descendant of `parent` whose command line holds `word`, as soon as there is one."""
    found: list[psutil.Process] = []

    def look() -> bool:
        for child in psutil.Process(parent).children(recursive=True):
            try:
                if any(word in part for part in child.cmdline()):
                    found.append(child)
            except psutil.NoSuchProcess:
                continue
        return bool(found)

    wait_until(look, f"no process with {word!r} below {parent}")
    return found[0]
