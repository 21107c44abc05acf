"""A progress that writes down what it is told."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Heard:
    """Appends each title and note to a file, so that another process can read along."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def note(self, text: str) -> None:
        with self.path.open("a", encoding="utf-8") as log:
            log.write(f"{text}\n")

    @contextmanager
    def step(self, title: str, expected_seconds: float | None = None) -> Iterator[None]:
        del expected_seconds
        self.note(title)
        yield

    def read(self) -> str:
        return self.path.read_text(encoding="utf-8") if self.path.exists() else ""
