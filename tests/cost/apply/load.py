"""Metrics of the endpoint, published while something else goes on."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cost.apply.stack import Stack


@contextmanager
def load(stack: Stack, percent: float, errors: float = 0.0) -> Iterator[None]:
    """Publish a sample a second until the block ends."""
    over = threading.Event()

    def publish() -> None:
        while not over.wait(1.0):
            stack.put_load(percent, errors=errors)

    publisher = threading.Thread(target=publish)
    publisher.start()
    try:
        yield
    finally:
        over.set()
        publisher.join()
