"""A process's two output streams as one sequence, in the order in which they were read."""

from __future__ import annotations

import queue
import threading
from enum import Enum
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

_BLOCK = 1 << 16


class Stream(Enum):
    """Which of the two."""

    STDOUT = "stdout"
    STDERR = "stderr"


def output(child: subprocess.Popen[bytes]) -> Iterator[tuple[Stream, bytes]]:
    """What `child` writes, until both of its streams are closed."""
    pieces: queue.SimpleQueue[tuple[Stream, bytes]] = queue.SimpleQueue()

    def read(stream: Stream, source: IO[bytes]) -> None:
        with source:
            while piece := source.read1(_BLOCK):  # type: ignore[attr-defined]  # Popen's pipes are buffered readers
                pieces.put((stream, piece))
        pieces.put((stream, b""))

    sources = [(Stream.STDOUT, child.stdout), (Stream.STDERR, child.stderr)]
    open_streams = 0
    for stream, source in sources:
        if source is not None:
            open_streams += 1
            threading.Thread(target=read, args=(stream, source), daemon=True).start()
    while open_streams:
        stream, piece = pieces.get()
        if piece:
            yield stream, piece
        else:
            open_streams -= 1
