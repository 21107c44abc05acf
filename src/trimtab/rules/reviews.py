"""Which human review an endpoint's answers go to: by the flow's tag, or by a role that may ask both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.grants import granted
from trimtab.rules.production import tags_of
from trimtab.rules.tokens import FLOW_DEFINITION, IAM_ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack

START = ("sagemaker:StartHumanLoop",)
INVOKE = ("sagemaker:InvokeEndpoint", "sagemaker:InvokeEndpointAsync")


def flows_of(endpoint: Resource, stack: Stack, tag: str) -> Iterator[Resource]:
    """The flow definitions that review an endpoint's answers; Augmented AI itself does not say whose they are.

    Raises:
        Undecidable: a flow's tag or a policy is not known yet; what was found before it was given already.
    """
    flows = stack.of(FLOW_DEFINITION)
    for flow in flows:
        if stack.names(flow, [tags_of(flow).get(tag)], endpoint, top="tags", at=f"tag {tag}"):
            yield flow
    for flow in flows:
        for role in stack.of(IAM_ROLE):
            if granted(role, flow, START, stack) and granted(role, endpoint, INVOKE, stack):
                yield flow
                break
