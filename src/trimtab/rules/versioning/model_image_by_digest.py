"""A served model's container image is named by digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.serving import containers
from trimtab.rules.tokens import SAGEMAKER_MODEL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(model: Resource, _: RuleConfig) -> Messages:
    for container in containers(model):
        image = container.text("image")
        if image and "@sha256:" not in image:
            yield f"{container.path}.image = {image} is a tag, not a digest"


RULE = ResourceRule(
    id="model-image-by-digest",
    title="SageMaker models name their image by digest",
    pack="versioning",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(SAGEMAKER_MODEL,),
    why="A tag may point to another image tomorrow; only a digest says which code answered a request.",
    remedy="Name the image by its digest:",
    code=(
        'aws.sagemaker.Model("fraud", primary_container={"image": f"{repository}@sha256:{digest}"}, '
        "execution_role_arn=role)"
    ),
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.ISO_42001: ("A.6.2.5", "A.6.2.7"),
        Framework.NIST_AI_RMF: ("MAP 4.1", "MANAGE 3.1"),
        Framework.SOC_2: ("CC8.1",),
    },
    check=check,
    fails=example(
        resource(SAGEMAKER_MODEL, "fraud", primaryContainer={"image": "1.dkr.ecr.eu-west-1.amazonaws.com/fraud:v3"})
    ),
    passes=example(
        resource(
            SAGEMAKER_MODEL,
            "fraud",
            primaryContainer={"image": "1.dkr.ecr.eu-west-1.amazonaws.com/fraud@sha256:" + "a" * 64},
        )
    ),
)
