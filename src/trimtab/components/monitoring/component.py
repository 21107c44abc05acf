"""Alarms, one dashboard, drift and quality schedules, and what happens when a model drifts."""

# ruff: noqa: TC001, TC002  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.analyzer import analyzer_image
from trimtab.components.base import Component
from trimtab.components.lists import strings
from trimtab.components.monitoring.args import MonitoringArgs, WatchedEndpoint
from trimtab.components.monitoring.dashboard import dashboard
from trimtab.components.monitoring.data_quality import data_quality
from trimtab.components.monitoring.drift import drift_alarm
from trimtab.components.monitoring.idle import gpu_idle, serving_light
from trimtab.components.monitoring.jobs import MonitorPlan
from trimtab.components.monitoring.model_quality import model_quality
from trimtab.components.monitoring.retraining import retrain_on_drift
from trimtab.components.monitoring.role import job_role, job_security_group
from trimtab.components.monitoring.topic import AlarmTopic
from trimtab.components.place import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.components.place import Place


class Monitoring(Component):
    """Watches endpoints and pools that stand already.

    Attributes:
        topic_arn: where alarms go.
        dashboard_name: the platform's dashboard.
        drift_alarm_arns: endpoint's name in the declaration → its drift alarm.
    """

    topic_arn: pulumi.Output[str]
    dashboard_name: pulumi.Output[str]
    drift_alarm_arns: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: MonitoringArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, args["context"], opts)
        place = place_of(self)
        topic_arn, key_arn = self._topic(args)
        idle = [
            gpu_idle(self, pool, percent=args["spec"].gpu_idle_percent, topic_arn=topic_arn) for pool in args["pools"]
        ]
        serving_light(self, args["endpoints"], topic_arn)
        drift = self._watch_drift(args, place, topic_arn, key_arn)
        shown = [arn for endpoint in args["endpoints"] for arn in endpoint["alarm_arns"]]
        board = dashboard(
            self,
            place,
            endpoints=args["endpoints"],
            pools=args["pools"],
            alarm_arns=[*shown, *(alarm.arn for alarm in (*idle, *drift.values()))],
        )
        self.topic_arn = topic_arn
        self.dashboard_name = board.dashboard_name
        self.drift_alarm_arns = {endpoint: alarm.arn for endpoint, alarm in drift.items()}
        self.finish(
            {
                "topicArn": self.topic_arn,
                "dashboardName": self.dashboard_name,
                "driftAlarmArns": self.drift_alarm_arns,
            }
        )

    def _topic(self, args: MonitoringArgs) -> tuple[pulumi.Output[str], pulumi.Output[str]]:
        if "alarm_topic_arn" in args and "alarm_key_arn" in args:
            return pulumi.Output.from_input(args["alarm_topic_arn"]), pulumi.Output.from_input(args["alarm_key_arn"])
        topic = AlarmTopic(
            f"{self.name}-alarms",
            {"context": self.context, "email": args["spec"].alarm_email},
            opts=self.child(),
        )
        return topic.topic_arn, topic.key_arn

    def _watch_drift(
        self, args: MonitoringArgs, place: Place, topic_arn: pulumi.Output[str], key_arn: pulumi.Output[str]
    ) -> dict[str, aws.cloudwatch.MetricAlarm]:
        alarms: dict[str, aws.cloudwatch.MetricAlarm] = {}
        for plan in self._plans(args, place):
            quality = model_quality(plan)
            schedules = [data_quality(plan), *([quality] if quality else [])]
            alarm = drift_alarm(self, plan.monitor.endpoint, schedules, topic_arn)
            alarms[plan.monitor.endpoint] = alarm
            if args["spec"].retrain_on_drift and "retraining_arn" in plan.endpoint:
                retrain_on_drift(
                    self,
                    plan.monitor.endpoint,
                    alarm=alarm,
                    machine_arn=plan.endpoint["retraining_arn"],
                    key_arn=key_arn,
                    place=place,
                )
        return alarms

    def _plans(self, args: MonitoringArgs, place: Place) -> Iterator[MonitorPlan]:
        if not args["spec"].monitors:
            return
        role, group = job_role(self, args, place), job_security_group(self, args)
        image = analyzer_image(self, args.get("analyzer_image"))
        for monitor in args["spec"].monitors:
            yield MonitorPlan(
                component=self,
                monitor=monitor,
                endpoint=_named(args, monitor.endpoint),
                bucket=args["data_bucket"],
                role_arn=role.arn,
                image=image,
                security_group_id=group.id,
                subnet_ids=strings(args["subnet_ids"]),
                key_arn=args.get("kms_key_arn"),
            )


def _named(args: MonitoringArgs, name: str) -> WatchedEndpoint:
    return next(endpoint for endpoint in args["endpoints"] if endpoint["name"] == name)
