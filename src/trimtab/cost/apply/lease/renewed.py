"""A lock in a bucket that is renewed while its holder lives, and is stale when it has not been for ten minutes."""

from __future__ import annotations

import os
import secrets
import threading
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from trimtab.cost.apply.lease.note import Note
from trimtab.cost.files import told
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trimtab.cost.apply.lease.bucket import LockObject
    from trimtab.cost.apply.lease.port import Wanted

LIFE_SECONDS, RENEWAL_SECONDS = 600, 60
"""Nine renewals in a row may fail before the lock is lost."""


class RenewedLease:
    """A lock that is ours; a thread renews it."""

    def __init__(self, place: LockObject, note: Note, etag: str, every_seconds: float) -> None:
        self._place, self._note, self._etag, self._every = place, note, etag, every_seconds
        self._renewed = time.monotonic()
        self._over = threading.Event()
        self._broken = self._kept = False
        self._thread = threading.Thread(target=self._renew, daemon=True)
        self._thread.start()

    def check(self) -> None:
        if self._broken or time.monotonic() - self._renewed >= self._note.life_seconds:
            how = "was taken over by somebody else" if self._broken else "could not be renewed"
            raise WorldError(
                f"{self._place}: this run's lock {how}, so the next step was not taken",
                remedy="look at who changes the stack; then `trimtab cost resume` goes on from here.",
            )

    def keep(self, *, while_open: bool) -> None:
        self._kept = while_open

    def end(self) -> bool:
        """Stop renewing, and give it back unless its run is open; return whether it was given back.

        Where S3 cannot be reached it becomes stale by itself.
        """
        self._over.set()
        self._thread.join()
        if self._kept:
            return False
        with suppress(WorldError):
            self._place.remove(self._etag)
        return True

    def _renew(self) -> None:
        while not self._broken and not self._over.wait(self._every):
            began = time.monotonic()
            with suppress(WorldError):  # the next renewal may succeed; check() says when it is too late
                etag = self._place.replace(self._note, self._etag)
                if etag is None:
                    self._broken = True
                else:
                    self._etag, self._renewed = etag, began


@contextmanager
def hold_object(
    place: LockObject, wanted: Wanted, life_seconds: int = LIFE_SECONDS, every_seconds: float = RENEWAL_SECONDS
) -> Iterator[RenewedLease]:
    """Hold the lock at `place`.

    Raises:
        WorldError: somebody holds it, or S3 cannot be reached or refuses.
    """
    own = wanted.folder / "lock.token"
    before = _token(own)
    note = Note(
        token=secrets.token_hex(16), holder=wanted.holder, process=os.getpid(), taken=datetime.now(tz=UTC),
        life_seconds=life_seconds,
    )  # fmt: skip
    with told(f"{own}: cannot be written", "free room on the disk or mend the rights of .trimtab."):
        # Both tokens, until it is clear which lock stands: this run may die between the two writes.
        own.write_text(f"{note.token}\n{before}", encoding="utf-8")
    try:
        etag = place.create(note) or _taken_over(place, note, before, wanted)
    except WorldError:
        own.write_text(before, encoding="utf-8")
        raise
    lease = RenewedLease(place, note, etag, every_seconds)
    try:
        yield lease
    finally:
        if lease.end():
            own.unlink(missing_ok=True)


def _taken_over(place: LockObject, note: Note, before: str, wanted: Wanted) -> str:
    """Take the lock of a run that died here, or of one that is stale and may be broken; return its ETag."""
    found = place.read()
    if found is None:
        raise WorldError(f"{place}: its holder has just let go", remedy="try again.")
    ours = found.note.token in before.split()
    if not ours and not found.is_stale:
        raise WorldError(
            f"stack {wanted.stack}: another trimtab changes it: {found}; nothing was changed",
            remedy=f"wait until it has ended; a lock that is not renewed for {found.note.life_seconds} s is stale.",
        )
    if not ours and not wanted.break_stale:
        raise WorldError(
            f"stack {wanted.stack}: {found}, is stale, its run did not end; nothing was changed",
            remedy=f"`trimtab cost resume --stack {wanted.stack}` where it ran goes on from where it was; where that "
            "is gone, compare the stack with the cloud (`pulumi preview --refresh`) and give --break-lock.",
        )
    etag = place.replace(note, found.etag)
    if etag is None:
        raise WorldError(f"{place}: somebody else has just taken it", remedy="try again when they have ended.")
    wanted.tell(f"{'taking up' if ours else 'breaking'} {found}")
    return etag


def _token(own: Path) -> str:
    try:
        return own.read_text(encoding="utf-8")
    except OSError:
        return ""
