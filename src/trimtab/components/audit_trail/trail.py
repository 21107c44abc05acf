"""The trail: every management event, and the data events that an auditor of a model asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.audit_trail.buckets import trail_name
from trimtab.components.audit_trail.selectors import selectors
from trimtab.components.roles import service_role
from trimtab.components.statements import allow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.components.base import Component
    from trimtab.components.buckets import HardenedBucket
    from trimtab.components.place import Place
    from trimtab.spec.audit import AuditTrail


def trail(
    component: Component,
    spec: AuditTrail,
    evidence: HardenedBucket,
    key_arn: pulumi.Output[str],
    place: Place,
    *,
    watched: Sequence[pulumi.Input[str]],
) -> tuple[aws.cloudtrail.Trail, aws.cloudwatch.LogGroup]:
    """Return the trail and the log group that its events can be searched in.

    Args:
        component: the owner.
        spec: how long events are kept, and how sensitive the platform's systems are.
        evidence: the bucket of the trail's files.
        key_arn: the key that encrypts files and log group.
        place: where the component lives.
        watched: ARNs of buckets whose reads and writes are recorded.
    """
    group = aws.cloudwatch.LogGroup(
        f"{component.name}-events",
        retention_in_days=spec.log_retention_days,
        kms_key_id=key_arn,
        tags=component.tags(classification="restricted"),
        opts=component.stateful(),
    )
    made = aws.cloudtrail.Trail(
        f"{component.name}-trail",
        name=trail_name(component),
        s3_bucket_name=evidence.name,
        kms_key_id=key_arn,
        is_multi_region_trail=True,
        include_global_service_events=True,
        enable_log_file_validation=True,
        enable_logging=True,
        cloud_watch_logs_group_arn=pulumi.Output.concat(group.arn, ":*"),
        cloud_watch_logs_role_arn=_writer(component, group, place).arn,
        advanced_event_selectors=selectors(spec, watched),
        tags=component.tags(classification="restricted"),
        opts=component.stateful(depends_on=list(evidence.parts)),
    )
    return made, group


def _writer(component: Component, group: aws.cloudwatch.LogGroup, place: Place) -> aws.iam.Role:
    return service_role(
        component,
        "events",
        service="cloudtrail.amazonaws.com",
        grants=[
            allow(
                "WriteEvents",
                ["logs:CreateLogStream", "logs:PutLogEvents"],
                [pulumi.Output.concat(group.arn, ":log-stream:*")],
            )
        ],
        source_arn=place.arn("cloudtrail", f"trail/{trail_name(component)}"),
        place=place,
    )
