"""One call to AWS, several times where it may pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from trimtab.cost.reports.delivery.attempts import ATTEMPTS, PassingError, attempted
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable

_SERVERS_FAULT = 500
_BUSY = frozenset({"Throttling", "ThrottlingException", "TooManyRequestsException", "SlowDown", "RequestTimeout"})


def call(what: str, remedy: str, pause: float, function: Callable[[], Any]) -> None:
    """Call AWS.

    Raises:
        WorldError: it refused, or did not answer.
    """
    try:
        attempted(lambda: _once(function), pause)
    except PassingError as error:
        raise WorldError(f"{what}: not delivered after {ATTEMPTS} attempts: {error}", remedy=remedy) from error
    except (BotoCoreError, ClientError) as error:
        raise WorldError(f"{what}: not delivered: {error}", remedy=remedy) from error


def _once(function: Callable[[], Any]) -> None:
    try:
        function()
    except HTTPClientError as error:
        raise PassingError(str(error)) from error
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        if status >= _SERVERS_FAULT or error.response.get("Error", {}).get("Code") in _BUSY:
            raise PassingError(str(error)) from error
        raise
