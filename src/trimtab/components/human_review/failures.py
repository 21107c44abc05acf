"""A review that fails or is stopped is told: nobody has looked at that answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from trimtab.components.base import Component


def tell_of_failures(
    component: Component, flow_arns: Sequence[pulumi.Input[str]], topic_arn: pulumi.Input[str]
) -> aws.cloudwatch.EventRule:
    """Send the end of every loop of these flows that nobody has completed to a topic."""
    rule = aws.cloudwatch.EventRule(
        f"{component.name}-failed",
        name=f"{component.context.prefix}-{component.name}-failed",
        description="a human review failed, expired or was stopped",
        event_pattern=json_text(
            {
                "source": ["aws.sagemaker"],
                "detail-type": ["SageMaker A2I HumanLoop Status Change"],
                "detail": {"humanLoopStatus": ["Failed", "Stopped"], "flowDefinitionArn": list(flow_arns)},
            }
        ),
        tags=component.tags(),
        opts=component.child(),
    )
    aws.cloudwatch.EventTarget(f"{component.name}-failed-told", rule=rule.name, arn=topic_arn, opts=component.child())
    return rule
