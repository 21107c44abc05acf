"""A model package group says what its models are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_PACKAGE_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(group: Resource, _: RuleConfig) -> Messages:
    if not group.props.has("modelPackageGroupDescription"):
        yield "does not say what its models are for"


RULE = ResourceRule(
    id="package-group-described",
    title="Model package groups have a description",
    pack="versioning",
    severity=Severity.LOW,
    types=(SAGEMAKER_PACKAGE_GROUP,),
    why="The registry is where an auditor begins; a name alone does not say what a model decides.",
    remedy="Describe the model's purpose:",
    code=(
        'aws.sagemaker.ModelPackageGroup("fraud", model_package_group_name="fraud", '
        'model_package_group_description="Scores card payments.")'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("11",),
        Framework.ISO_42001: ("A.6.2.7", "A.9.4"),
        Framework.NIST_AI_RMF: ("MAP 1.1",),
    },
    check=check,
    fails=example(resource(SAGEMAKER_PACKAGE_GROUP, "fraud", modelPackageGroupName="fraud")),
    passes=example(
        resource(
            SAGEMAKER_PACKAGE_GROUP,
            "fraud",
            modelPackageGroupName="fraud",
            modelPackageGroupDescription="Scores card payments.",
        )
    ),
)
