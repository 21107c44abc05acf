"""A bucket's policy does not open it to the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.iam import grants_everybody
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import BUCKET_POLICY

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(holder: Resource, _: RuleConfig) -> Messages:
    if grants_everybody(holder.props.document("policy")):
        yield "lets anybody in"


RULE = ResourceRule(
    id="bucket-policy-closed",
    title="Bucket policies name who may read and write",
    pack="security",
    severity=Severity.CRITICAL,
    enforcement="mandatory",
    types=(BUCKET_POLICY,),
    why="One statement for everybody publishes the data, whatever the rest of the policy says.",
    remedy="Name the principal, or add a condition on the organisation:",
    code=(
        '{"Effect": "Allow", "Principal": {"AWS": role_arn}, "Action": "s3:GetObject", "Resource": f"{bucket_arn}/*"}'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("10", "15"),
        Framework.ISO_42001: ("A.4.3",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SECURITY_HUB: ("S3.2", "S3.3"),
        Framework.SOC_2: ("CC6.1", "CC6.6"),
    },
    check=check,
    fails=example(
        resource(
            BUCKET_POLICY,
            "data",
            policy='{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject"}]}',
        )
    ),
    passes=example(
        resource(
            BUCKET_POLICY, "data", policy='{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*"}]}'
        )
    ),
)
