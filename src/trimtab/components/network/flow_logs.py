"""Who talked to whom: the VPC's flow logs, encrypted and kept for a declared time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.network.vpc import named
from trimtab.components.roles import service_role
from trimtab.components.statements import allow

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.place import Place

SERVICE = "vpc-flow-logs.amazonaws.com"


def flow_logs(
    component: Component, vpc: aws.ec2.Vpc, *, retention_days: int, key_arn: pulumi.Output[str], place: Place
) -> aws.cloudwatch.LogGroup:
    """Log every flow of `vpc`; return the log group.

    Args:
        component: the owner.
        vpc: whose flows.
        retention_days: one of the periods that CloudWatch Logs accepts.
        key_arn: the key that encrypts the log group.
        place: where the component lives.
    """
    group = aws.cloudwatch.LogGroup(
        f"{component.name}-flow-logs",
        retention_in_days=retention_days,
        kms_key_id=key_arn,
        tags=component.tags(),
        opts=component.stateful(),
    )
    write = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"]
    role = service_role(
        component,
        "flow-logs",
        service=SERVICE,
        grants=[allow("WriteFlowLogs", write, [group.arn, pulumi.Output.concat(group.arn, ":*")])],
        source_arn=place.arn("ec2", "vpc-flow-log/*"),
        place=place,
    )
    aws.ec2.FlowLog(
        f"{component.name}-flow-log",
        vpc_id=vpc.id,
        traffic_type="ALL",
        log_destination_type="cloud-watch-logs",
        log_destination=group.arn,
        iam_role_arn=role.arn,
        max_aggregation_interval=600,
        tags=named(component, "flow-log"),
        opts=component.child(),
    )
    return group
