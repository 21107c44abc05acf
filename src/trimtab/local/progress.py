"""Long work shows what it does, for how long, and how long it usually takes."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

PLAIN_INTERVAL_SECONDS = 15.0


class Progress(Protocol):
    """Where long work tells what it is doing."""

    def step(self, title: str, expected_seconds: float | None = None) -> AbstractContextManager[None]:
        """Show `title` while the block runs."""

    def note(self, text: str) -> None:
        """Say one thing that has been found or done."""


class ConsoleProgress:
    """A live line on a terminal; a plain line now and then where output is kept in a log."""

    def __init__(self, console: Console | None = None, interval_seconds: float = PLAIN_INTERVAL_SECONDS) -> None:
        self._console = console or Console(stderr=True, highlight=False)
        self._interval = interval_seconds

    def note(self, text: str) -> None:
        self._console.print(text, markup=False, soft_wrap=True)

    @contextmanager
    def step(self, title: str, expected_seconds: float | None = None) -> Iterator[None]:
        usual = f"of about {clock(expected_seconds)}" if expected_seconds else ""
        if self._console.is_terminal:
            with self._live(title, usual):
                yield
        else:
            with self._plain(title, usual):
                yield

    @contextmanager
    def _live(self, title: str, usual: str) -> Iterator[None]:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
            TextColumn("{task.fields[usual]}"),
        )
        with Bar(*columns, console=self._console, transient=True) as bar:
            bar.add_task(title, total=None, usual=usual)
            yield

    @contextmanager
    def _plain(self, title: str, usual: str) -> Iterator[None]:
        done = threading.Event()
        started = time.monotonic()

        def tick() -> None:
            while not done.wait(self._interval):
                self.note(f"{title}: {clock(time.monotonic() - started)} {usual}".rstrip())

        self.note(f"{title} {f'({usual[3:]})' if usual else ''}".rstrip())
        ticker = threading.Thread(target=tick, daemon=True)
        ticker.start()
        try:
            yield
        finally:
            done.set()
            ticker.join()


class NotedProgress:
    """Keeps what it is told: for callers that own standard error themselves."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        self.notes.append(text)

    @contextmanager
    def step(self, title: str, expected_seconds: float | None = None) -> Iterator[None]:
        del title, expected_seconds
        yield


def clock(seconds: float) -> str:
    """`75.2` as `1:15`."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
