"""Several attempts at what may pass by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential, wait_random

if TYPE_CHECKING:
    from collections.abc import Callable

ATTEMPTS = 4
_LONGEST = 20


class PassingError(Exception):
    """Something that may be gone at the next attempt: no answer, too many requests, a server's own fault."""


def attempted(call: Callable[[], None], pause: float) -> None:
    """Call until it succeeds, at most `ATTEMPTS` times.

    Raises:
        PassingError: the last attempt failed too.
    """
    retrying = Retrying(
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_exponential(multiplier=pause, max=_LONGEST) + wait_random(0, pause),
        retry=retry_if_exception_type(PassingError),
        reraise=True,
    )
    retrying(call)
