"""A pushed image tag stays what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import ECR_REPOSITORY

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(repository: Resource, _: RuleConfig) -> Messages:
    mutability = repository.props.text("imageTagMutability", "MUTABLE")
    if mutability != "IMMUTABLE":
        yield f"tags can be moved: imageTagMutability is {mutability}"


RULE = ResourceRule(
    id="ecr-immutable-tags",
    title="Image tags cannot be moved",
    pack="versioning",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(ECR_REPOSITORY,),
    why="If a tag can be pushed twice, nobody can say which image trained or served a model.",
    remedy="Make the repository's tags immutable:",
    code='aws.ecr.Repository("models", image_tag_mutability="IMMUTABLE")',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.ISO_42001: ("A.6.2.5",),
        Framework.SECURITY_HUB: ("ECR.2",),
        Framework.SOC_2: ("CC8.1",),
    },
    check=check,
    fails=example(resource(ECR_REPOSITORY, "models")),
    passes=example(resource(ECR_REPOSITORY, "models", imageTagMutability="IMMUTABLE")),
)
