"""A feature group says what its features mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_FEATURE_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(group: Resource, _: RuleConfig) -> Messages:
    if not group.props.has("description"):
        yield "does not say what its features mean"


RULE = ResourceRule(
    id="feature-group-described",
    title="Feature groups have a description",
    pack="audit",
    severity=Severity.LOW,
    types=(SAGEMAKER_FEATURE_GROUP,),
    why="A feature that nobody can explain ends up in a model that nobody can explain.",
    remedy="Describe the features and their source:",
    code=(
        'aws.sagemaker.FeatureGroup("customers", description="Daily aggregates of card payments, from'
        ' the ledger.", **group)'
    ),
    frameworks={Framework.EU_AI_ACT: ("10", "11"), Framework.ISO_42001: ("A.7.2", "A.7.5")},
    check=check,
    fails=example(resource(SAGEMAKER_FEATURE_GROUP, "customers", featureGroupName="customers")),
    passes=example(
        resource(
            SAGEMAKER_FEATURE_GROUP,
            "customers",
            featureGroupName="customers",
            description="Aggregates of card payments.",
        )
    ),
)
