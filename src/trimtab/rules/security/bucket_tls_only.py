"""Nobody reads a bucket over an open connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.buckets import settings_of
from trimtab.rules.examples import example, resource
from trimtab.rules.iam import Statement, statements
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import BUCKET, BUCKET_POLICY, BUCKETS

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(bucket: Resource, stack: Stack, _: RuleConfig) -> Messages:
    policies = [holder.props.document("policy") for holder in settings_of(bucket, stack, (BUCKET_POLICY,))]
    policies.append(bucket.props.document("policy"))
    if not any(_denies_plain(statement) for policy in policies for statement in statements(policy)):
        yield "accepts requests without TLS"


def _denies_plain(statement: Statement) -> bool:
    if statement.view.text("Effect") != "Deny" or "*" not in statement.principals:
        return False
    condition = statement.view.block("Condition").block("Bool")
    return condition.texts("aws:SecureTransport") == ["false"] and bool({"s3:*", "*"} & set(statement.actions))


RULE = StackRule(
    id="bucket-tls-only",
    title="Buckets refuse requests without TLS",
    pack="security",
    severity=Severity.MEDIUM,
    types=BUCKETS,
    why="Without the denial, a client that is misconfigured sends data and signatures in the clear.",
    remedy="Deny what does not come over TLS:",
    code=(
        '{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [arn, f"{arn}/*"], '
        '"Condition": {"Bool": {"aws:SecureTransport": "false"}}}'
    ),
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SECURITY_HUB: ("S3.5",), Framework.SOC_2: ("CC6.7",)},
    check=check,
    fails=example(resource(BUCKET, "data", bucket="data")),
    passes=example(
        resource(BUCKET, "data", bucket="data"),
        resource(
            BUCKET_POLICY,
            "data",
            bucket="data",
            policy='{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", '
            '"Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}',
        ),
    ),
)
