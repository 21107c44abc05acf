"""Which alarms are complaints about a resource."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.cost.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trimtab.cost.model import Resource


def about(alarm: Mapping[str, Any], resource: Resource) -> bool:
    """Whether an alarm watches `resource` and means trouble.

    The alarms of a target-tracking policy are its control signal: the one for low load is in ALARM whenever there
    is something to give back.
    https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
    """
    actions = alarm.get("AlarmActions", [])
    steers = bool(actions) and all(":scalingPolicy:" in action for action in actions)
    return not steers and not _says_idle(alarm, resource) and resource.resource_id in set(_dimension_values(alarm))


def _says_idle(alarm: Mapping[str, Any], resource: Resource) -> bool:
    """Whether it goes off because there is too little load: a reason to shrink, not to go back."""
    loads = {demand.cloud.name for demand in KINDS[resource.kind].demands if demand.cloud}
    return alarm.get("MetricName") in loads and str(alarm.get("ComparisonOperator", "")).startswith("LessThan")


def _dimension_values(alarm: Mapping[str, Any]) -> Iterator[str]:
    metrics = [query["MetricStat"]["Metric"] for query in alarm.get("Metrics", []) if "MetricStat" in query]
    for metric in (alarm, *metrics):
        for dimension in metric.get("Dimensions", []):
            yield dimension["Value"]
