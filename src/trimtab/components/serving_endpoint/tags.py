"""The tags of whatever serves: whose it is, how sensitive, and how much harm a wrong answer does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.spec.audit import RISK_TAG

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.spec.serving import ServingEndpoint


def serving_tags(component: Component, spec: ServingEndpoint, *, model: str | None = None) -> dict[str, str]:
    """Return the tags of an endpoint's resource.

    Args:
        component: the endpoint's component.
        spec: the endpoint's declaration.
        model: the group of the model that the resource holds, where it is not the primary one's.
    """
    tags = component.tags(model=model or spec.model.group, classification=spec.data_classification)
    return {**tags, RISK_TAG: spec.eu_ai_act_risk}
