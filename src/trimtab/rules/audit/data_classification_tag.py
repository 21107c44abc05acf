"""What holds data says how sensitive it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.production import tag_text
from trimtab.rules.tokens import BUCKET, BUCKETS, DYNAMODB_TABLE, SAGEMAKER_FEATURE_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class ClassificationConfig(RuleConfig):
    """Which tag classifies data, and how."""

    tag: str = Field("DataClassification", description="The tag that holds the classification.")
    allowed: tuple[str, ...] = Field(
        ("public", "internal", "confidential", "restricted"), description="The classes that there are."
    )


def check(store: Resource, config: ClassificationConfig) -> Messages:
    found = tag_text(store, config.tag)
    if found not in config.allowed:
        yield f"tag {config.tag} is {found or 'missing'}, not one of {', '.join(config.allowed)}"


RULE = ResourceRule(
    id="data-classification-tag",
    title="Data stores are tagged with their data's classification",
    pack="audit",
    severity=Severity.MEDIUM,
    types=(*BUCKETS, DYNAMODB_TABLE, SAGEMAKER_FEATURE_GROUP),
    why="Who may train on what follows from the classification; without it everybody may, or nobody does.",
    remedy="Tag the store:",
    code='tags={"DataClassification": "confidential"}',
    frameworks={
        Framework.EU_AI_ACT: ("10",),
        Framework.ISO_42001: ("A.4.3", "A.7.2"),
        Framework.NIST_AI_RMF: ("MAP 4.1",),
        Framework.SOC_2: ("C1.1",),
    },
    config=ClassificationConfig,
    check=check,
    fails=example(resource(BUCKET, "data", tags={"DataClassification": "secretish"})),
    passes=example(resource(BUCKET, "data", tags={"DataClassification": "confidential"})),
)
