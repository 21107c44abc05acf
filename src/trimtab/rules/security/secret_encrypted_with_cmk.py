"""Secrets are encrypted with a key of the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import SECRET

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(secret: Resource, _: RuleConfig) -> Messages:
    if not secret.props.has("kmsKeyId"):
        yield "is encrypted with AWS's key, not with a customer managed one"


RULE = ResourceRule(
    id="secret-encrypted-with-cmk",
    title="Secrets Manager secrets are encrypted with a customer managed key",
    pack="security",
    severity=Severity.LOW,
    types=(SECRET,),
    why="Only a key of your own says, by its policy and its log, who may read the secret and who did.",
    remedy="Name a key:",
    code='aws.secretsmanager.Secret("hub", kms_key_id=key.arn)',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(resource(SECRET, "hub", name="hub")),
    passes=example(resource(SECRET, "hub", name="hub", kmsKeyId="k")),
)
