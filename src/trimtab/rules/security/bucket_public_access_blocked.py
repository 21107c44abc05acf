"""No bucket can be made public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.buckets import settings_of
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import BUCKET, BUCKET_PUBLIC_ACCESS_BLOCK, BUCKETS

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


_WAYS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def check(bucket: Resource, stack: Stack, _: RuleConfig) -> Messages:
    blocks = settings_of(bucket, stack, (BUCKET_PUBLIC_ACCESS_BLOCK,))
    open_ways = [way for way in _WAYS if not any(block.props.flag(way) for block in blocks)]
    if open_ways:
        yield f"can be made public: {', '.join(open_ways)} not set"


RULE = StackRule(
    id="bucket-public-access-blocked",
    title="Buckets block public access",
    pack="security",
    severity=Severity.CRITICAL,
    enforcement="mandatory",
    types=BUCKETS,
    why="Training data and models have been published by one wrong ACL; the block makes that impossible.",
    remedy="Block all four ways:",
    code=(
        'aws.s3.BucketPublicAccessBlock("data", bucket=data.id, block_public_acls=True, '
        "block_public_policy=True, ignore_public_acls=True, restrict_public_buckets=True)"
    ),
    frameworks={
        Framework.EU_AI_ACT: ("10", "15"),
        Framework.ISO_42001: ("A.4.3",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SECURITY_HUB: ("S3.8",),
        Framework.SOC_2: ("CC6.1", "CC6.6"),
    },
    check=check,
    fails=example(
        resource(BUCKET, "data", bucket="data"),
        resource(BUCKET_PUBLIC_ACCESS_BLOCK, "data", bucket="data", blockPublicAcls=True),
    ),
    passes=example(
        resource(BUCKET, "data", bucket="data"),
        resource(
            BUCKET_PUBLIC_ACCESS_BLOCK,
            "data",
            bucket="data",
            blockPublicAcls=True,
            blockPublicPolicy=True,
            ignorePublicAcls=True,
            restrictPublicBuckets=True,
        ),
    ),
)
