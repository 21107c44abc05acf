"""The topic that tells callers of an asynchronous endpoint that their answer is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.topics import encrypted_topic
from trimtab.spec.serving_capacity import Asynchronous

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.spec.serving import ServingEndpoint


def answers_topic(
    component: Component, spec: ServingEndpoint, place: Place, key_arn: pulumi.Input[str]
) -> pulumi.Output[str] | None:
    """Return the ARN of the topic for answers and failures; None where the caller waits for the answer."""
    if not isinstance(spec.capacity, Asynchronous):
        return None
    return encrypted_topic(component, "answers", place=place, key_arn=key_arn).arn
