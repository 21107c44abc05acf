"""Ctrl-C while the engine reads."""

from __future__ import annotations

import signal
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from trimtab.cost.sources.engine import is_local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import ibis

# The engine forgets an interrupt that comes between two queries, so it is repeated until the reading has ended.
_AGAIN_SECONDS = 0.1
_INTERRUPTED = "interrupted"


@contextmanager
def interruptible(table: ibis.Table) -> Iterator[None]:
    """Let Ctrl-C end the query that runs: Python hears of a signal only after DuckDB has returned, minutes later.

    Elsewhere than in the main thread, which signals never reach, and for other engines, which are waited for in
    Python, nothing is done.

    Raises:
        KeyboardInterrupt: there was one.
    """
    if not is_local(table) or threading.current_thread() is not threading.main_thread():
        yield
        return
    woken, waker = socket.socketpair()
    waker.setblocking(False)
    ended, asked = threading.Event(), threading.Event()
    stop = table.get_backend().con.interrupt
    watcher = threading.Thread(target=_watch, args=(woken, stop, asked, ended), daemon=True)
    before = signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    watcher.start()
    try:
        yield
    except Exception as error:
        # DuckDB also looks for signals itself now and then, and may be faster than the watcher.
        if asked.is_set() or _INTERRUPTED in str(error).lower():
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.set_wakeup_fd(before)
        ended.set()
        waker.close()
        watcher.join()
        woken.close()


def _watch(woken: socket.socket, stop: Callable[[], None], asked: threading.Event, ended: threading.Event) -> None:
    while received := woken.recv(64):
        if signal.SIGINT in received:
            asked.set()
            while not ended.wait(_AGAIN_SECONDS):
                stop()
            return
