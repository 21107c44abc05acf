"""The component: a trail into a locked bucket, and AWS Config's record of what was configured how."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import pulumi

from trimtab.components.audit_trail.buckets import evidence_bucket, recording_bucket
from trimtab.components.audit_trail.config import config_recorder, config_rules
from trimtab.components.audit_trail.trail import trail
from trimtab.components.base import CommonArgs, Component
from trimtab.components.buckets import ACCESS_LOG_DAYS, access_log_bucket
from trimtab.components.encryption import CLOUDTRAIL, LOGS, customer_key
from trimtab.components.place import place_of
from trimtab.spec.audit import AuditTrail as AuditTrailSpec

CONFIG = "config.amazonaws.com"


class AuditTrailArgs(CommonArgs, TypedDict):
    """Inputs of an AuditTrail."""

    spec: AuditTrailSpec
    bucket_arns: NotRequired[Sequence[pulumi.Input[str]]]
    """ARNs of buckets whose every read and write is recorded."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """KMS key of the evidence, whose policy lets CloudTrail, CloudWatch Logs and Config use it; absent: one of the
    trail's own."""


class AuditTrail(Component):
    """CloudTrail over all regions with validated log files, and AWS Config with managed rules.

    The trail's files lie under object lock in compliance mode: not even the account's root user can change or delete
    one before its time. The same events are in CloudWatch Logs for as long as the declaration says.
    """

    trail_arn: pulumi.Output[str]
    evidence_bucket: pulumi.Output[str]
    """Name of the locked bucket that holds the trail's files and their digests."""
    evidence_bucket_arn: pulumi.Output[str]
    log_group: pulumi.Output[str]
    """CloudWatch log group that the trail's events can be searched in."""
    log_group_arn: pulumi.Output[str]
    config_bucket: pulumi.Output[str] | None
    """Name of the bucket of AWS Config's history; None where the account's own recorder is used."""
    config_rule_names: pulumi.Output[Sequence[str]]
    kms_key_arn: pulumi.Output[str]

    def __init__(self, name: str, args: AuditTrailArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, args["context"], opts)
        spec, place = args["spec"], place_of(self)
        self.kms_key_arn = customer_key(self, services=(LOGS, CLOUDTRAIL, CONFIG), given=args.get("kms_key_arn"))
        access = access_log_bucket(self, place, kept_days=ACCESS_LOG_DAYS, suffix="access-logs")
        evidence = evidence_bucket(self, spec, access, self.kms_key_arn, place)
        made, events = trail(self, spec, evidence, self.kms_key_arn, place, watched=args.get("bucket_arns", ()))
        recording = None
        after: list[pulumi.Resource] = []
        if spec.config_recorder == "own":
            recording = recording_bucket(self, access, self.kms_key_arn, place)
            after = [config_recorder(self, recording, self.kms_key_arn, place)]
        rules = config_rules(self, spec, after)
        self.trail_arn = made.arn
        self.evidence_bucket, self.evidence_bucket_arn = evidence.name, evidence.arn
        self.log_group, self.log_group_arn = events.name, events.arn
        self.config_bucket = recording.name if recording else None
        self.config_rule_names = pulumi.Output.all(*(rule.name for rule in rules))
        self.finish(self._outputs())

    def _outputs(self) -> dict[str, pulumi.Output[str] | pulumi.Output[Sequence[str]] | None]:
        return {
            "trailArn": self.trail_arn,
            "evidenceBucket": self.evidence_bucket,
            "evidenceBucketArn": self.evidence_bucket_arn,
            "logGroup": self.log_group,
            "logGroupArn": self.log_group_arn,
            "configBucket": self.config_bucket,
            "configRuleNames": self.config_rule_names,
            "kmsKeyArn": self.kms_key_arn,
        }
