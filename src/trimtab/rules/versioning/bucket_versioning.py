"""Buckets keep every version of what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.buckets import is_versioned
from trimtab.rules.examples import example, resource, urn_of
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import BUCKET, BUCKET_VERSIONINGS, BUCKETS

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(bucket: Resource, stack: Stack, _: RuleConfig) -> Messages:
    if not is_versioned(bucket, stack):
        yield "is not versioned"


RULE = StackRule(
    id="bucket-versioning",
    title="Buckets are versioned",
    pack="versioning",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=BUCKETS,
    why=("Without versions an overwritten data set or model is gone, and no past training run can be repeated."),
    remedy="Turn versioning on:",
    code='aws.s3.BucketVersioning("data", bucket=data.id, versioning_configuration={"status": "Enabled"})',
    frameworks={
        Framework.EU_AI_ACT: ("10",),
        Framework.ISO_42001: ("A.7.2", "A.7.5"),
        Framework.NIST_AI_RMF: ("MEASURE 2.8",),
        Framework.SECURITY_HUB: ("S3.14",),
        Framework.SOC_2: ("A1.2",),
    },
    check=check,
    fails=example(resource(BUCKET, "data")),
    passes=example(
        resource(BUCKET, "data"),
        resource(
            BUCKET_VERSIONINGS[0],
            "data",
            {"bucket": urn_of(BUCKET, "data")},
            bucket="data-id",
            versioningConfiguration={"status": "Enabled"},
        ),
    ),
)
