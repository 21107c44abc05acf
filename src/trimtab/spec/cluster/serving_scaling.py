"""What the number of replicas follows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.units import Seconds


class CpuScaling(SpecModel):
    """CPU use in percent of the request (HorizontalPodAutoscaler)."""

    type: Literal["cpu"]
    target_percent: Annotated[int, Field(ge=10, le=95)] = 70


class PrometheusScaling(SpecModel):
    """A Prometheus query whose value, divided by the threshold, is the number of replicas (KEDA)."""

    type: Literal["prometheus"]
    query: Annotated[str, Field(min_length=1, max_length=2000)]
    """PromQL that yields one value, `sum(vllm:num_requests_waiting{namespace="assistant"})`."""
    threshold: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    """What one replica bears."""
    activation_threshold: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0
    """Value above which the first replica starts."""
    cooldown_seconds: Seconds = 600
    """How long nothing is asked before the last replica goes."""


class RequestScaling(SpecModel):
    """Requests at once, or a second, that one replica bears (Knative; KServe's serverless mode only)."""

    type: Literal["requests"]
    metric: Literal["concurrency", "rps"] = "concurrency"
    target: Annotated[int, Field(ge=1, le=100_000)]


Scaling = Annotated[CpuScaling | PrometheusScaling, Field(discriminator="type")]
KServeScaling = Annotated[CpuScaling | PrometheusScaling | RequestScaling, Field(discriminator="type")]
