"""Objects are encrypted with a key of the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.buckets import settings_of
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import BUCKET, BUCKET_ENCRYPTIONS, BUCKET_LOGGINGS, BUCKETS

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


_KMS = frozenset({"aws:kms", "aws:kms:dsse"})


def check(bucket: Resource, stack: Stack, _: RuleConfig) -> Messages:
    # S3 delivers access logs only into buckets that encrypt with its own key.
    if stack.referring(BUCKET_LOGGINGS, "targetBucket", bucket):
        return
    inline = bucket.props.block("serverSideEncryptionConfiguration").block("rule")
    rules = [inline] if inline.raw else []
    for setting in settings_of(bucket, stack, BUCKET_ENCRYPTIONS):
        rules += setting.props.blocks("rules")
    defaults = [rule.block("applyServerSideEncryptionByDefault") for rule in rules]
    if not any(default.text("sseAlgorithm") in _KMS and default.has("kmsMasterKeyId") for default in defaults):
        yield "is not encrypted with a customer managed key"


RULE = StackRule(
    id="bucket-encrypted-with-cmk",
    title="Buckets encrypt with a customer managed key",
    pack="security",
    severity=Severity.MEDIUM,
    types=BUCKETS,
    why="With a key of one's own, access to data can be taken away at one place, and its use is recorded.",
    remedy="Encrypt with a KMS key:",
    code=(
        'rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms", '
        '"kms_master_key_id": key.arn}, "bucket_key_enabled": True}]'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("10", "15"),
        Framework.ISO_42001: ("A.4.3",),
        Framework.SECURITY_HUB: ("S3.17",),
        Framework.SOC_2: ("CC6.1", "C1.1"),
    },
    check=check,
    fails=example(
        resource(BUCKET, "data", bucket="data"),
        resource(
            BUCKET_ENCRYPTIONS[0],
            "data",
            bucket="data",
            rules=[{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}],
        ),
    ),
    passes=example(
        resource(BUCKET, "data", bucket="data"),
        resource(
            BUCKET_ENCRYPTIONS[0],
            "data",
            bucket="data",
            rules=[{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "k"}}],
        ),
    ),
)
