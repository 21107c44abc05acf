"""Images nobody uses are removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import ECR_LIFECYCLE, ECR_REPOSITORY

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(repository: Resource, stack: Stack, _: RuleConfig) -> Messages:
    if not stack.referring((ECR_LIFECYCLE,), "repository", repository):
        yield "keeps every image for ever"


RULE = StackRule(
    id="ecr-lifecycle",
    title="Repositories have a lifecycle policy",
    pack="cost",
    severity=Severity.LOW,
    types=(ECR_REPOSITORY,),
    why="GPU images weigh ten gigabytes; a repository that keeps every build pays for all of them.",
    remedy="Keep the newest ones:",
    code='aws.ecr.LifecyclePolicy("models", repository=repository.name, policy=keep_newest(50))',
    frameworks={Framework.SECURITY_HUB: ("ECR.3",)},
    check=check,
    fails=example(resource(ECR_REPOSITORY, "models", name="models")),
    passes=example(
        resource(ECR_REPOSITORY, "models", name="models"), resource(ECR_LIFECYCLE, "models", repository="models")
    ),
)
