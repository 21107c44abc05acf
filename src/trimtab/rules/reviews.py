"""What serves at which risk, and which human review its answers go to.

Of an endpoint: by the flow's tag, or by a role that may ask both. Of what a cluster serves: by its annotation, or by
the flow's tag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules import kinds
from trimtab.rules.grants import granted
from trimtab.rules.port import RuleConfig
from trimtab.rules.production import tag_text, tags_of
from trimtab.rules.tokens import DEPLOYMENT, FLOW_DEFINITION, IAM_ROLE, SAGEMAKER_ENDPOINT
from trimtab.rules.values import NotYetKnown, Opaque

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack

SERVED = (SAGEMAKER_ENDPOINT, *kinds.SERVING, DEPLOYMENT)
"""What answers with a model's word; a Deployment where a label says so."""
START = ("sagemaker:StartHumanLoop",)
INVOKE = ("sagemaker:InvokeEndpoint", "sagemaker:InvokeEndpointAsync")


class ServedConfig(RuleConfig):
    """How what serves says its risk class, and its model."""

    tag: str = Field("EuAiActRisk", description="The endpoint's tag that holds its risk class.")
    label: str = Field("trimtab.dev/eu-ai-act-risk", description="The label that says it of an object on a cluster.")
    model_label: str = Field(
        "trimtab.dev/model", description="The label with the model's name; a Deployment without it serves none."
    )


def serves(served: Resource, config: ServedConfig) -> bool:
    """Whether a resource of `SERVED` answers with a model's word.

    Raises:
        Undecidable: a Deployment's labels are not known yet.
    """
    return served.type != DEPLOYMENT or bool(tag_text(served, config.model_label))


def risk_of(served: Resource, config: ServedConfig) -> str:
    """The risk class that a resource of `SERVED` says of itself; empty: it says none.

    Raises:
        Undecidable: its tags or labels are not known yet.
    """
    return tag_text(served, said_in(served, config))


def said_in(served: Resource, config: ServedConfig) -> str:
    """The tag or label that holds the risk class."""
    return config.tag if served.type == SAGEMAKER_ENDPOINT else config.label


def annotated_review(served: Resource, annotation: str) -> bool:
    """Whether an object on a cluster names its review.

    Raises:
        Undecidable: the annotation is not known yet.
    """
    found = served.props.block("metadata").block("annotations").raw.get(annotation)
    if isinstance(found, Opaque):
        raise NotYetKnown(f"annotation {annotation}")
    return bool(found)


def flows_named(served: Resource, stack: Stack, tag: str) -> Iterator[Resource]:
    """The flow definitions whose tag names an object on a cluster.

    Raises:
        Undecidable: a flow's tag is not known yet; what was found before it was given already.
    """
    name = served.props.block("metadata").text("name", served.name)
    for flow in stack.of(FLOW_DEFINITION):
        if tag_text(flow, tag) == name:
            yield flow


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
