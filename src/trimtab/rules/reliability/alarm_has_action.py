"""An alarm tells somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import ALARM

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(alarm: Resource, _: RuleConfig) -> Messages:
    if not alarm.props.has("alarmActions") or not alarm.props.flag("actionsEnabled", default=True):
        yield "tells nobody"


RULE = ResourceRule(
    id="alarm-has-action",
    title="Alarms have an action",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(ALARM,),
    why="An alarm that only turns red on a dashboard is read the next morning.",
    remedy="Send it to a topic:",
    code=(
        'aws.cloudwatch.MetricAlarm("latency", alarm_actions=[topic.arn], '
        'comparison_operator="GreaterThanThreshold", evaluation_periods=3)'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("26(5)", "73"),
        Framework.ISO_42001: ("A.6.2.6", "A.8.4"),
        Framework.NIST_AI_RMF: ("MANAGE 4.3",),
        Framework.SECURITY_HUB: ("CloudWatch.15",),
        Framework.SOC_2: ("CC7.3", "CC7.4"),
    },
    check=check,
    fails=example(resource(ALARM, "latency", metricName="ModelLatency")),
    passes=example(
        resource(ALARM, "latency", metricName="ModelLatency", alarmActions=["arn:aws:sns:eu-west-1:1:alarms"])
    ),
)
