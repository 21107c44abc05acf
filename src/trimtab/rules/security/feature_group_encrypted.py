"""Features are encrypted with a key of the customer's, online and offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_FEATURE_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(group: Resource, _: RuleConfig) -> Messages:
    online = group.props.block("onlineStoreConfig")
    if online.flag("enableOnlineStore") and not online.block("securityConfig").has("kmsKeyId"):
        yield "online store is not encrypted with a customer managed key"
    offline = group.props.block("offlineStoreConfig").block("s3StorageConfig")
    if offline.raw and not offline.has("kmsKeyId"):
        yield "offline store is not encrypted with a customer managed key"


RULE = ResourceRule(
    id="feature-group-encrypted",
    title="Feature groups encrypt both stores with a customer managed key",
    pack="security",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_FEATURE_GROUP,),
    why="Features are customers' data in its densest form.",
    remedy="Name a key for each store:",
    code='online_store_config={"enable_online_store": True, "security_config": {"kms_key_id": key.arn}}',
    frameworks={Framework.EU_AI_ACT: ("10", "15"), Framework.ISO_42001: ("A.4.3",), Framework.SOC_2: ("CC6.1", "C1.1")},
    check=check,
    fails=example(resource(SAGEMAKER_FEATURE_GROUP, "customers", onlineStoreConfig={"enableOnlineStore": True})),
    passes=example(
        resource(
            SAGEMAKER_FEATURE_GROUP,
            "customers",
            onlineStoreConfig={"enableOnlineStore": True, "securityConfig": {"kmsKeyId": "k"}},
        )
    ),
)
