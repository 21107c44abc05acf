"""A key's material changes every year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import KMS_KEY

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(key: Resource, _: RuleConfig) -> Messages:
    spec = key.props.text("customerMasterKeySpec", "SYMMETRIC_DEFAULT")
    usage = key.props.text("keyUsage", "ENCRYPT_DECRYPT")
    # Only symmetric keys whose material KMS itself made can rotate.
    rotates = spec == "SYMMETRIC_DEFAULT" and usage == "ENCRYPT_DECRYPT" and not key.props.has("customKeyStoreId")
    if rotates and not key.props.flag("enableKeyRotation"):
        yield "does not rotate"


RULE = ResourceRule(
    id="kms-key-rotation",
    title="Symmetric KMS keys rotate",
    pack="security",
    severity=Severity.MEDIUM,
    enforcement="mandatory",
    types=(KMS_KEY,),
    why="Rotation bounds how much one piece of key material protects.",
    remedy="Turn rotation on:",
    code='aws.kms.Key("platform", enable_key_rotation=True)',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SECURITY_HUB: ("KMS.4",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(resource(KMS_KEY, "platform", description="platform")),
    passes=example(resource(KMS_KEY, "platform", description="platform", enableKeyRotation=True)),
)
