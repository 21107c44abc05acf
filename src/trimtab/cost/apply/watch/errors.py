"""Which metrics count failed requests, and whether they went up."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.cost.apply.watch.port import Count

SIGNIFICANCE = 0.01
"""How unlikely a rise must be by chance to count as one."""


@dataclass(frozen=True)
class ErrorMetrics:
    """Names in CloudWatch; `requests` may be empty."""

    namespace: str
    errors: str
    requests: str = ""


ERROR_METRICS = {"sagemaker-endpoint": ErrorMetrics("AWS/SageMaker", "Invocation5XXErrors", "Invocations")}


def chance(before: Count, after: Count, seconds_before: float, seconds_after: float) -> float:
    """Return how likely `after` or worse is by chance, if the rate of errors had stayed as it was.

    Of two Poisson counts with the same rate the second is binomial, given their sum: p is its share of the
    exposure (Przyborowski and Wilenski 1940). Exposure is requests where both are counted, else time.
    """
    exposures = (before.requests, after.requests)
    known = all(one is not None and one > 0 for one in exposures)
    first, second = (before.requests or 0.0, after.requests or 0.0) if known else (seconds_before, seconds_after)
    errors, total = round(after.errors), round(before.errors + after.errors)
    if not errors or second <= 0:
        return 1.0
    if first <= 0:
        return 0.0
    share = second / (first + second)
    return min(1.0, sum(exp(_log_binomial(total, k, share)) for k in range(errors, total + 1)))


def _log_binomial(n: int, k: int, p: float) -> float:
    choose = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    rest = (n - k) * log(1 - p) if n - k else 0.0
    return choose + k * log(p) + rest
