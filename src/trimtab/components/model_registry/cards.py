"""A model's card: what it is for, who answers for it, and where it must not be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_aws as aws

from trimtab.components.json_text import json_text

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.spec.model_registry import ModelGroup


def model_card(
    component: Component, spec: ModelGroup, group: aws.sagemaker.ModelPackageGroup, key_arn: pulumi.Output[str]
) -> aws.sagemaker.ModelCard:
    """Return the card of one model group, in SageMaker's model card schema.

    The declaration is its source: what a person adds goes into the declaration, where it is reviewed, and not into
    the console, where the next `up` would undo it.
    """
    owner = spec.owner or component.owner
    return aws.sagemaker.ModelCard(
        f"{component.name}-{spec.name}-card",
        model_card_name=f"{component.context.prefix}-{spec.name}",
        model_card_status="Approved" if spec.card.approved else "PendingReview",
        content=json_text(_content(component, spec, group.model_package_group_name)),
        security_config=aws.sagemaker.ModelCardSecurityConfigArgs(kms_key_id=key_arn),
        tags={**component.tags(model=spec.name), **owner.tags()},
        opts=component.stateful(),
    )


def _content(component: Component, spec: ModelGroup, group_name: pulumi.Output[str]) -> dict[str, Any]:
    owner, card = spec.owner or component.owner, spec.card
    uses = {
        "purpose_of_model": spec.description,
        "intended_uses": card.intended_use,
        "risk_rating": card.risk_rating.capitalize(),
    }
    return {
        "model_overview": {"model_description": spec.description, "model_owner": owner.contact},
        "model_package_details": {"model_package_group_name": group_name},
        "business_details": {"business_stakeholders": owner.team},
        "intended_uses": {key: value for key, value in uses.items() if value},
        "additional_information": {"caveats_and_recommendations": card.limits} if card.limits else {},
    }
