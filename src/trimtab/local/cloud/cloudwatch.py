"""CloudWatch: percentile statistics and composite alarms, which moto lacks."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from moto.cloudwatch.models import Statistics
from moto.cloudwatch.responses import CloudWatchResponse

from trimtab.local.cloud.extending import extend

_PERCENTILE = re.compile(r"^p(?P<rank>\d{1,2}(\.\d+)?|100)$")
_PLAIN = Statistics.get_statistics_for_type


def _statistic(self: Any, stat: str) -> Any:
    """`p99` and the like over single values, between ranks in proportion; the others are moto's.

    Aggregated data (StatisticValues) has no percentiles, in CloudWatch as here, unless all its values are one.
    """
    match = _PERCENTILE.match(stat)
    if match is None:
        return _PLAIN(self, stat)
    values = [float(value) for value in self.metric_single_values_list]
    for datum in self.metric_aggregated_list:
        if datum.min == datum.max:
            values += [float(datum.min)] * int(datum.sample_count)
    return float(np.percentile(values, float(match["rank"]))) if values else None


def install_cloudwatch() -> None:
    """Serve percentiles in GetMetricData, and PutCompositeAlarm."""
    extend(Statistics, {"get_statistics_for_type": _statistic})
    # moto's own handler reads AlarmRule, so that one may serve both; only the operation is not routed to it.
    extend(CloudWatchResponse, {"put_composite_alarm": CloudWatchResponse.put_metric_alarm})
