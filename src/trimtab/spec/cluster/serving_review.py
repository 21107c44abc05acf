"""People who look at the answers of a model on the cluster (EU AI Act, article 14)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from trimtab.spec.base import SpecModel


class ServedReview(SpecModel):
    """A flow of Amazon Augmented AI that answers are sent to.

    Nothing on a cluster captures answers for all servers alike, so whoever decides by an answer sends it: the server's
    own code, which finds the flow in `HUMAN_REVIEW_FLOW_ARN`, or the application that asked. The pods' role may start
    tasks of this flow and of no other.
    """

    flow_arn: Annotated[
        str,
        Field(
            pattern=r"^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:\d{12}:flow-definition/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
            description="ARN of a flow definition of Amazon Augmented AI, which says who reviews and where it is kept.",
        ),
    ]
