"""A model's purpose, data and limits are written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import MODEL_CARD, SAGEMAKER_PACKAGE_GROUP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(group: Resource, stack: Stack, _: RuleConfig) -> Messages:
    if not any(_describes(card, group, stack) for card in stack.of(MODEL_CARD)):
        yield "no model card of this stack names it"


def _describes(card: Resource, group: Resource, stack: Stack) -> bool:
    known = stack.names(card, card.props.values("modelCardName"), group, top="modelCardName")
    if known or not card.props.opaque("content"):
        return known or stack.names(card, _texts(card.props.document("content").raw), group, top="content")
    return stack.names(card, card.props.values("content"), group, top="content")


def _texts(node: object) -> Iterator[object]:
    if isinstance(node, Mapping):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for item in node:
            yield from _texts(item)
    else:
        yield node


RULE = StackRule(
    id="model-has-card",
    title="Every model package group has a model card",
    pack="audit",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_PACKAGE_GROUP,),
    why="Deployers must be told what a model is for, on which data it was trained, and where it fails.",
    remedy="Declare a card whose content names the group:",
    code=(
        'aws.sagemaker.ModelCard("fraud", model_card_name="fraud", model_card_status="Approved", '
        "content=card_json(group.model_package_group_name))"
    ),
    frameworks={
        Framework.EU_AI_ACT: ("11", "13"),
        Framework.ISO_42001: ("A.6.2.7", "A.8.2"),
        Framework.NIST_AI_RMF: ("MEASURE 2.9",),
    },
    check=check,
    fails=example(resource(SAGEMAKER_PACKAGE_GROUP, "fraud", modelPackageGroupName="fraud")),
    passes=example(
        resource(SAGEMAKER_PACKAGE_GROUP, "fraud", modelPackageGroupName="fraud"),
        resource(
            MODEL_CARD,
            "fraud",
            modelCardName="card",
            content='{"model_package_details": {"model_package_group_name": "fraud"}}',
        ),
    ),
)
