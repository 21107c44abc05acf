"""A key cannot be used by anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.iam import grants_everybody
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import KMS_KEY, KMS_KEY_POLICY

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(key: Resource, _: RuleConfig) -> Messages:
    if grants_everybody(key.props.document("policy")):
        yield "its policy lets anybody use it"


RULE = ResourceRule(
    id="kms-policy-closed",
    title="KMS key policies name who may use the key",
    pack="security",
    severity=Severity.CRITICAL,
    enforcement="mandatory",
    types=(KMS_KEY, KMS_KEY_POLICY),
    why="A key for everybody encrypts nothing.",
    remedy="Name the account or the roles:",
    code=(
        '{"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": "kms:*", "Resource": "*"}'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SECURITY_HUB: ("KMS.5",),
        Framework.SOC_2: ("CC6.1",),
    },
    check=check,
    fails=example(
        resource(
            KMS_KEY, "platform", policy='{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt"}}'
        )
    ),
    passes=example(
        resource(
            KMS_KEY,
            "platform",
            policy='{"Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}}}',
        )
    ),
)
