"""Alarms of an endpoint: too slow, failing, too full. The first two also roll a deployment back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.serving_endpoint.variants import PRIMARY
from trimtab.spec.instances import shape
from trimtab.spec.serving_capacity import Asynchronous, Serverless

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.spec.serving import ServingEndpoint

MICROSECONDS = 1000
"""ModelLatency and OverheadLatency are in microseconds; objectives are in milliseconds."""
ERROR_RATE_PERCENT = 1.0
SATURATION_PERCENT = 85
MINUTE = 60
LONGEST_WAIT_SECONDS = 900
"""An asynchronous request may take 15 minutes in its container; one that waits longer than that starves."""


@dataclass(frozen=True)
class EndpointAlarms:
    """What watches one endpoint."""

    rollback: tuple[aws.cloudwatch.MetricAlarm, ...]
    saturation: aws.cloudwatch.MetricAlarm

    def all(self) -> tuple[aws.cloudwatch.MetricAlarm, ...]:
        """Return every alarm."""
        return (*self.rollback, self.saturation)


@dataclass(frozen=True)
class AlarmPlan:
    """What the alarms of one endpoint have in common."""

    component: Component
    spec: ServingEndpoint
    endpoint: str
    """The endpoint's name, as text: the alarms stand before the endpoint does."""
    actions: list[pulumi.Input[str]]
    error_rate_percent: float = ERROR_RATE_PERCENT
    saturation_percent: int = SATURATION_PERCENT

    def declare(self) -> EndpointAlarms:
        """Declare the alarms."""
        asynchronous = isinstance(self.spec.capacity, Asynchronous)
        slow = self._waits() if asynchronous else self._slow()
        return EndpointAlarms(rollback=(slow, self._failing()), saturation=self._full())

    def _dimensions(self) -> dict[str, str]:
        return {"EndpointName": self.endpoint, "VariantName": PRIMARY}

    def _options(self, what: str) -> aws.cloudwatch.MetricAlarmArgs:
        return aws.cloudwatch.MetricAlarmArgs(
            name=f"{self.endpoint}-{what}",
            comparison_operator="GreaterThanThreshold",
            # No traffic is no failure: an idle endpoint must neither page anybody nor send a deployment back.
            treat_missing_data="notBreaching",
            alarm_actions=self.actions,
            ok_actions=self.actions,
            tags=self.component.tags(model=self.spec.model.group),
        )

    def _slow(self) -> aws.cloudwatch.MetricAlarm:
        options = self._options("latency")
        options.alarm_description = f"p99 latency above its objective of {self.spec.latency_p99_ms} ms"
        options.namespace, options.metric_name = "AWS/SageMaker", "ModelLatency"
        options.dimensions = self._dimensions()
        options.extended_statistic = "p99"
        options.period, options.evaluation_periods, options.datapoints_to_alarm = MINUTE, 5, 3
        options.threshold = float(self.spec.latency_p99_ms * MICROSECONDS)
        return self._alarm("latency", options)

    def _waits(self) -> aws.cloudwatch.MetricAlarm:
        options = self._options("latency")
        options.alarm_description = f"the oldest request has waited for more than {LONGEST_WAIT_SECONDS} s"
        options.namespace, options.metric_name = "AWS/SageMaker", "ApproximateAgeOfOldestRequest"
        options.dimensions = {"EndpointName": self.endpoint}
        options.statistic = "Maximum"
        options.period, options.evaluation_periods = MINUTE, 5
        options.threshold = float(LONGEST_WAIT_SECONDS)
        return self._alarm("latency", options)

    def _failing(self) -> aws.cloudwatch.MetricAlarm:
        options = self._options("errors")
        options.alarm_description = f"more than {self.error_rate_percent:g} % of the answers are 5xx"
        options.evaluation_periods, options.datapoints_to_alarm = 5, 3
        options.threshold = self.error_rate_percent
        options.metric_queries = [
            self._sum("errors", "Invocation5XXErrors"),
            self._sum("all", "Invocations"),
            aws.cloudwatch.MetricAlarmMetricQueryArgs(
                id="rate", expression="100 * errors / all", label="5xx answers, %", return_data=True
            ),
        ]
        return self._alarm("errors", options)

    def _sum(self, query: str, metric: str) -> aws.cloudwatch.MetricAlarmMetricQueryArgs:
        return aws.cloudwatch.MetricAlarmMetricQueryArgs(
            id=query,
            metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
                namespace="AWS/SageMaker",
                metric_name=metric,
                dimensions=self._dimensions(),
                period=MINUTE,
                stat="Sum",
            ),
        )

    def _full(self) -> aws.cloudwatch.MetricAlarm:
        options = self._options("saturation")
        namespace, metric, full = saturation_metric(self.spec)
        options.alarm_description = f"{metric} above {self.saturation_percent} % of what the capacity holds"
        options.namespace, options.metric_name = namespace, metric
        options.dimensions = self._dimensions()
        options.statistic = "Average"
        options.period, options.evaluation_periods = 5 * MINUTE, 3
        options.threshold = full * self.saturation_percent / 100
        return self._alarm("saturation", options)

    def _alarm(self, what: str, options: aws.cloudwatch.MetricAlarmArgs) -> aws.cloudwatch.MetricAlarm:
        return aws.cloudwatch.MetricAlarm(f"{self.component.name}-{what}", options, opts=self.component.child())


def saturation_metric(spec: ServingEndpoint) -> tuple[str, str, float]:
    """Return the namespace and name of the metric that says how full the endpoint is, and its value when full.

    SageMaker sums utilisation over the devices of an instance: 400 is full for four GPUs, 800 for eight vCPUs
    (https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html).
    """
    if isinstance(spec.capacity, Serverless):
        return "AWS/SageMaker", "ServerlessConcurrentExecutionsUtilization", 1.0
    known = shape(spec.capacity.instance_type)
    if known and known.gpus:
        return "/aws/sagemaker/Endpoints", "GPUUtilization", 100.0 * known.gpus
    return "/aws/sagemaker/Endpoints", "CPUUtilization", 100.0 * (known.vcpu if known else 1)
