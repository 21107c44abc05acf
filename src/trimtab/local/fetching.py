"""Files from a maker's site: asked for within a few seconds, downloaded, verified."""

from __future__ import annotations

import hashlib
import threading
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PROBE_SECONDS = 3.0
_BLOCK = 1 << 20


def reachable(urls: Sequence[str], seconds: float = PROBE_SECONDS) -> bool:
    """Whether every address can be fetched; waits no longer than `seconds`."""
    answers: list[bool] = []

    def ask() -> None:
        answers.append(all(_answers(url, seconds) for url in urls))

    # A thread, because looking up a name has no time-out of its own.
    asker = threading.Thread(target=ask, daemon=True)
    asker.start()
    asker.join(seconds)
    return answers == [True]


def read(url: str, *, remedy: str) -> str:
    """The text at `url`.

    Raises:
        WorldError: it cannot be read.
    """
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310  # fixed https addresses
            return str(answer.read().decode("utf-8"))
    except OSError as error:
        raise WorldError(f"{url} cannot be read: {error}", remedy=remedy) from error


def fetch_verified(url: str, target: Path, sha256: str, *, remedy: str) -> None:
    """Download `url` to `target`.

    Raises:
        WorldError: it cannot be fetched, or is not what was published.
    """
    actual = _fetch(url, target, remedy)
    if actual != sha256:
        target.unlink()
        raise WorldError(f"{url}: its SHA-256 is {actual}, published is {sha256}. It was thrown away.", remedy=remedy)


def checksum_in(text: str, name: str) -> str | None:
    """The digest that a list of `digest  name` lines gives for `name`."""
    for line in text.splitlines():
        words = line.split()
        if len(words) == 2 and words[1].lstrip("*") == name:  # noqa: PLR2004  # digest and file name
            return words[0].lower()
    return None


def _answers(url: str, seconds: float) -> bool:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=seconds) as answer:  # noqa: S310  # fixed https addresses
            return bool(answer.status == 200)  # noqa: PLR2004  # HTTP's OK
    except OSError:
        return False


def _fetch(url: str, target: Path, remedy: str) -> str:
    """Download to `target`; gives the SHA-256 of what came."""
    digest = hashlib.sha256()
    try:
        with urllib.request.urlopen(url, timeout=60) as answer, target.open("wb") as stream:  # noqa: S310  # fixed https addresses
            while block := answer.read(_BLOCK):
                digest.update(block)
                stream.write(block)
    except urllib.error.URLError as error:
        raise WorldError(f"{url} cannot be fetched: {error.reason}", remedy=remedy) from error
    return digest.hexdigest()
