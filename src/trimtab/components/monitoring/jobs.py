"""What the monitoring jobs of one endpoint have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.monitoring.args import WatchedEndpoint
    from trimtab.spec.monitoring import ModelMonitor

INPUT, OUTPUT = "/opt/ml/processing/input/endpoint", "/opt/ml/processing/output"
MONITORING_PREFIX = "monitoring"
LONGEST_RUN_SECONDS = 3300
"""A run must end before the next hourly one begins."""


@dataclass(frozen=True)
class MonitorPlan:
    """One monitored endpoint, and what its jobs run with."""

    component: Component
    monitor: ModelMonitor
    endpoint: WatchedEndpoint
    bucket: pulumi.Input[str]
    role_arn: pulumi.Input[str]
    image: pulumi.Input[str]
    security_group_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[list[str]]
    key_arn: pulumi.Input[str] | None

    @property
    def label(self) -> str:
        """The beginning of the names of this endpoint's resources."""
        return f"{self.component.name}-{self.monitor.endpoint}"

    def uri(self, *parts: str) -> pulumi.Output[str]:
        """Return a place below this endpoint's prefix of the data bucket."""
        return pulumi.Output.concat(
            "s3://", self.bucket, "/", "/".join((MONITORING_PREFIX, self.monitor.endpoint, *parts))
        )

    def schedule(self, suffix: str, kind: str, definition: pulumi.Input[str]) -> aws.sagemaker.MonitoringSchedule:
        """Declare the schedule that runs the job definition every so many hours."""
        return aws.sagemaker.MonitoringSchedule(
            f"{self.label}-{suffix}",
            name=f"{self.component.context.prefix}-{self.monitor.endpoint}-{suffix}",
            monitoring_schedule_config=aws.sagemaker.MonitoringScheduleMonitoringScheduleConfigArgs(
                monitoring_type=kind,
                monitoring_job_definition_name=definition,
                schedule_config=aws.sagemaker.MonitoringScheduleMonitoringScheduleConfigScheduleConfigArgs(
                    schedule_expression=expression(self.monitor.hours_between_runs)
                ),
            ),
            tags=self.component.tags(),
            opts=self.component.child(),
        )


def expression(hours: int) -> str:
    """Return when a monitor runs. SageMaker takes hourly and daily schedules, the latter every 1 to 24 hours.

    1 → `cron(0 * ? * * *)`, 6 → `cron(0 0/6 ? * * *)`, 24 → `cron(0 0 ? * * *)`.
    """
    if hours == 1:
        return "cron(0 * ? * * *)"
    return "cron(0 0 ? * * *)" if hours == 24 else f"cron(0 0/{hours} ? * * *)"  # noqa: PLR2004  hours of a day
