"""What a served model promises, and from which server's metrics it is known whether it holds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.owner import Owner
from trimtab.spec.units import Name

Server = Literal["kserve", "mlserver", "ray", "triton", "vllm"]
"""Whose requests are counted: Knative's queue proxy in front of KServe, the runtime itself in KServe's mode raw, Ray
Serve's proxy, vLLM's own server."""


class Objective(SpecModel):
    """The service level of one model."""

    model: Name
    """The served model, by its name in `serving`."""
    server: Server
    availability_percent: Annotated[float, Field(ge=95, le=99.99)] = 99.5
    """Share of the requests that do not fail, over 30 days; what is left is the error budget.

    95 at least: of a larger budget even failing always does not burn 14.4 times as much as it may.
    """
    latency_ms: Annotated[int, Field(ge=1, le=600_000)] = 500
    """Latency that `latencyPercentile` percent of the requests keep, in milliseconds; Triton counts no latencies by
    their length, so of it no alert can be about them."""
    latency_percentile: Annotated[float, Field(ge=50, le=99.9)] = 99
    owner: Owner | None = None
    """Who is told; absent: the platform's owner."""

    @property
    def error_budget(self) -> float:
        """Share of the requests that may fail, 0 to 1."""
        return round(1 - self.availability_percent / 100, 6)
