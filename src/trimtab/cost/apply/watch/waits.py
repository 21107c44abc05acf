"""Which metrics tell how long a caller or a job waits, a kind at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from trimtab.cost.apply.watch.port import Waits
from trimtab.cost.kinds import CloudMetric, PromQuery

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True)
class WaitMetric:
    """Where a wait is measured.

    Attributes:
        name: of the check, `latency` or `queue-wait`.
        what: for people.
        source: CloudWatch's metric, with no dimension where it has the resource's own; or PromQL.
        per_second: how many of its units are a second.
    """

    name: str
    what: str
    source: CloudMetric | PromQuery
    per_second: float = 1.0


LIKE_DAYS = 7
"""The load has the shape of a day: a wait is compared with that of the same times of the clock, a week long."""


def in_parts(wait: WaitMetric, points: Iterable[tuple[datetime, float]], since: datetime, until: datetime) -> Waits:
    """Sort points of the last days into those since the change and those of like hours before it."""
    before, after = [], []
    for at, value in points:
        if at >= since:
            after.append(value / wait.per_second)
        elif (at - since) % timedelta(days=1) <= until - since:
            before.append(value / wait.per_second)
    return Waits(wait.name, wait.what, tuple(before), tuple(after))


_PODS = 'namespace="$namespace",pod=~"$pods"'
_QUEUES = 'kueue_cluster_queue_nominal_quota{flavor="$nodepool"}'
_ADMISSION = "kueue_admission_wait_time_seconds"


def _mean(name: str, labels: str) -> PromQuery:
    total, number = (f"sum(rate({name}_{part}{{{labels}}}[$window]))" for part in ("sum", "count"))
    return PromQuery(f"{total} / {number}")


WAITS: dict[str, tuple[WaitMetric, ...]] = {
    # https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
    "sagemaker-endpoint": (
        WaitMetric("latency", "model latency", CloudMetric("AWS/SageMaker", "ModelLatency", ""), per_second=1e6),
        WaitMetric(
            "queue-wait",
            "age of the oldest request in the queue",
            CloudMetric("AWS/SageMaker", "ApproximateAgeOfOldestRequest", "EndpointName", "Maximum"),
        ),
    ),
    # https://docs.vllm.ai/en/latest/usage/metrics.html
    "kserve-replicas": (
        WaitMetric("latency", "time to the whole answer", _mean("vllm:e2e_request_latency_seconds", _PODS)),
        WaitMetric("queue-wait", "time in the queue", _mean("vllm:request_queue_time_seconds", _PODS)),
    ),
    # https://kueue.sigs.k8s.io/docs/reference/metrics/
    "karpenter-gpu-pool": (
        WaitMetric(
            "queue-wait",
            "wait for admission to the pool's queues",
            PromQuery(
                f"sum(rate({_ADMISSION}_sum[$window]) and on (cluster_queue) {_QUEUES})"
                f" / sum(rate({_ADMISSION}_count[$window]) and on (cluster_queue) {_QUEUES})",
                identity="nodepool",
            ),
        ),
    ),
}
"""Kind → waits; kinds that are absent have nothing that waits, or nobody who measures it."""
