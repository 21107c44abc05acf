"""AWS Config: what was configured how, when; and the managed rules that judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.audit_trail.buckets import trail_name
from trimtab.components.roles import service_role, use_key
from trimtab.components.statements import allow, under

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.buckets import HardenedBucket
    from trimtab.components.place import Place
    from trimtab.spec.audit import AuditTrail

READ_POLICY = "iam::aws:policy/service-role/AWS_ConfigRole"
"""AWS's own policy: reads the configuration of whatever Config records."""


def config_recorder(
    component: Component, bucket: HardenedBucket, key_arn: pulumi.Output[str], place: Place
) -> aws.cfg.RecorderStatus:
    """Record every resource of the region, and IAM; return what says that recording has begun.

    An account has one recorder a region: where somebody else runs it, the declaration says `configRecorder: existing`.
    """
    recorder = aws.cfg.Recorder(
        f"{component.name}-recorder",
        name=trail_name(component),
        role_arn=_reader(component, bucket, key_arn, place).arn,
        recording_group=aws.cfg.RecorderRecordingGroupArgs(all_supported=True, include_global_resource_types=True),
        opts=component.child(),
    )
    channel = aws.cfg.DeliveryChannel(
        f"{component.name}-channel",
        name=trail_name(component),
        s3_bucket_name=bucket.name,
        s3_kms_key_arn=key_arn,
        snapshot_delivery_properties=aws.cfg.DeliveryChannelSnapshotDeliveryPropertiesArgs(
            delivery_frequency="TwentyFour_Hours"
        ),
        opts=component.child(depends_on=[recorder, *bucket.parts]),
    )
    return aws.cfg.RecorderStatus(
        f"{component.name}-recording",
        name=recorder.name,
        is_enabled=True,
        opts=component.child(depends_on=[channel]),
    )


def config_rules(component: Component, spec: AuditTrail, after: list[pulumi.Resource]) -> list[aws.cfg.Rule]:
    """Return the managed rules of the declaration; Config refuses a rule before a recorder stands."""
    return [
        aws.cfg.Rule(
            f"{component.name}-{identifier.lower().replace('_', '-')}",
            name=f"{component.context.prefix}-{identifier.lower().replace('_', '-')}",
            description=f"AWS's managed rule {identifier}",
            source=aws.cfg.RuleSourceArgs(owner="AWS", source_identifier=identifier),
            tags=component.tags(),
            opts=component.child(depends_on=after),
        )
        for identifier in spec.config_rules
    ]


def _reader(component: Component, bucket: HardenedBucket, key_arn: pulumi.Output[str], place: Place) -> aws.iam.Role:
    history = under(bucket.arn, pulumi.Output.concat("AWSLogs/", place.account, "/Config/*"))
    return service_role(
        component,
        "config",
        service="config.amazonaws.com",
        grants=[
            allow("CheckTheBucket", ["s3:GetBucketAcl", "s3:ListBucket"], [bucket.arn]),
            allow("DeliverHistory", ["s3:PutObject"], [history]),
            use_key("History", key_arn),
        ],
        managed_policy_arns=[pulumi.Output.format("arn:{}:{}", place.partition, READ_POLICY)],
        place=place,
    )
