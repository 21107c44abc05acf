"""Feature groups keep the history of their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_FEATURE_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(group: Resource, _: RuleConfig) -> Messages:
    if not group.props.has("offlineStoreConfig"):
        yield "has no offline store, so past values are lost"


RULE = ResourceRule(
    id="feature-group-offline-store",
    title="Feature groups have an offline store",
    pack="versioning",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_FEATURE_GROUP,),
    why=("The online store holds only the newest value; a training set as of a past day needs the offline one."),
    remedy="Give the group an offline store:",
    code=('offline_store_config={"s3_storage_config": {"s3_uri": f"s3://{bucket}/features", "kms_key_id": key.arn}}'),
    frameworks={Framework.EU_AI_ACT: ("10",), Framework.ISO_42001: ("A.7.2", "A.7.5")},
    check=check,
    fails=example(resource(SAGEMAKER_FEATURE_GROUP, "customers", onlineStoreConfig={"enableOnlineStore": True})),
    passes=example(
        resource(
            SAGEMAKER_FEATURE_GROUP, "customers", offlineStoreConfig={"s3StorageConfig": {"s3Uri": "s3://features/"}}
        )
    ),
)
