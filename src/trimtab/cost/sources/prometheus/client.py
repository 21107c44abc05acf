"""Prometheus' HTTP API: instant and range queries, with retries and named errors.

https://prometheus.io/docs/prometheus/latest/querying/api/
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential, wait_random

from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from trimtab.cost.sources.prometheus.access import Access

MOST_POINTS = 11_000
"""Points of one series that one range query may ask for; the server refuses more ("exceeded maximum resolution")."""

ATTEMPTS = 4
_SECONDS_BETWEEN = 0.5
# A query over weeks of a busy server takes its time; the server's own limit is two minutes (--query.timeout).
_TIMEOUT = httpx.Timeout(130.0, connect=10.0)
# Too many requests, and what a proxy or a server that is starting says; asking again may help.
_PASSING = frozenset({429, 502, 503, 504})
_REFUSED = frozenset({401, 403})
_NOT_FOUND = 404


class _PassingError(Exception):
    """An answer that may be another one in a moment."""


@dataclass(frozen=True)
class Series:
    """One series of an answer: labels, and points as (seconds since 1970, value)."""

    labels: dict[str, str]
    points: tuple[tuple[float, float], ...]


@dataclass
class Client:
    """One Prometheus; a context manager that closes its connections.

    Attributes:
        warnings: what the server said about answers that may be incomplete.
    """

    access: Access
    attempts: int = ATTEMPTS
    warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._http = httpx.Client(
            base_url=self.access.url, headers=self.access.headers, verify=self.access.verify(), timeout=_TIMEOUT
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def instant(self, query: str, at: float | None = None) -> tuple[Series, ...]:
        """Evaluate `query` at one moment (None: the server's present).

        Raises:
            WorldError: the server cannot be reached, refuses, or is no Prometheus.
        """
        data = self._ask("query", {"query": query, **({} if at is None else {"time": repr(at)})})
        if data["resultType"] in {"scalar", "string"}:
            return (Series({}, (_point(data["result"]),)),)
        return tuple(Series(row["metric"], (_point(row["value"]),)) for row in data["result"])

    def range(self, query: str, start: float, end: float, step: float) -> Iterator[Series]:
        """Evaluate `query` from `start` to `end`, both included, in as many slices as the server's limit asks for.

        A moment without a value has no point: gaps stay gaps.

        Raises:
            WorldError: the server cannot be reached, refuses, or is no Prometheus.
        """
        for first, last in slices(start, end, step):
            data = self._ask(
                "query_range", {"query": query, "start": repr(first), "end": repr(last), "step": repr(step)}
            )
            for row in data["result"]:
                yield Series(row["metric"], tuple(_point(point) for point in row["values"]))

    def _ask(self, what: str, form: Mapping[str, str]) -> dict[str, Any]:
        retrying = Retrying(
            stop=stop_after_attempt(self.attempts),
            wait=wait_exponential(multiplier=_SECONDS_BETWEEN, max=8) + wait_random(0, _SECONDS_BETWEEN),
            retry=retry_if_exception_type((httpx.TransportError, _PassingError)),
            reraise=True,
        )
        try:
            return retrying(self._once, what, form)
        except (httpx.HTTPError, _PassingError) as error:
            why = str(error) or type(error).__name__
            raise WorldError(
                f"Prometheus {self.access.shown}: no answer after {self.attempts} attempts: {why}",
                remedy="check the address, the network and that the server runs; nothing was changed.",
            ) from error

    def _once(self, what: str, form: Mapping[str, str]) -> dict[str, Any]:
        # Sent as a form: a query over many pods is longer than a URL may be.
        answer = self._http.post(f"/api/v1/{what}", data=form)
        if answer.status_code in _PASSING:
            raise _PassingError(f"{answer.status_code} {answer.reason_phrase}: {said(answer)}")
        if not answer.is_success:
            raise self._refusal(answer, form["query"])
        body = _json(answer)
        if body.get("status") != "success" or not isinstance(body.get("data"), dict):
            raise WorldError(
                f"Prometheus {self.access.shown}: answered, but not as Prometheus does: {said(answer)}",
                remedy="give the address of a Prometheus (or of what speaks its API), with its path prefix.",
            )
        self.warnings += [str(one) for one in body.get("warnings") or []]
        data: dict[str, Any] = body["data"]
        return data

    def _refusal(self, answer: httpx.Response, query: str) -> WorldError:
        text = f"Prometheus {self.access.shown}: {answer.status_code} {answer.reason_phrase}: {said(answer)}"
        if answer.status_code in _REFUSED:
            return WorldError(
                text, remedy="set PROMETHEUS_TOKEN to a bearer token that may query, or give --prometheus-header."
            )
        if answer.status_code == _NOT_FOUND or answer.is_redirect:
            return WorldError(text, remedy="check the address and its path prefix: it must lead to /api/v1.")
        return WorldError(f"{text}; query: {query}", remedy="ask for fewer --days, or raise the server's query limits.")


def slices(start: float, end: float, step: float) -> Iterator[tuple[float, float]]:
    """Part a range so that no part holds more than `MOST_POINTS` points, and none is asked for twice."""
    first = start
    while first <= end:
        last = min(end, first + (MOST_POINTS - 1) * step)
        yield first, last
        first = last + step


def said(answer: httpx.Response) -> str:
    """Return the server's own message, or the beginning of what it sent instead of one."""
    message = _json(answer).get("error")
    return str(message) if message else " ".join(answer.text.split())[:200] or "no message"


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _point(pair: list[Any]) -> tuple[float, float]:
    """Read `[1764028800, "0.25"]`; the value may be "NaN" or "+Inf"."""
    return float(pair[0]), float(pair[1])
