"""What human review is wired to."""

# ruff: noqa: TC001, TC002  the component host evaluates these annotations at run time

from __future__ import annotations

from typing import NotRequired, Required

import pulumi

from trimtab.components.base import CommonArgs
from trimtab.spec.reviews import Reviews


class HumanReviewArgs(CommonArgs):
    """Inputs of `HumanReview`."""

    spec: Required[Reviews]
    capture_bucket: Required[pulumi.Input[str]]
    """Name of the bucket that the endpoints' captured requests and answers are written to."""
    capture_key_arn: Required[pulumi.Input[str]]
    """The key of that bucket."""
    capture_events: NotRequired[bool]
    """Whether that bucket tells EventBridge of its objects already; absent: the component sees to it. A bucket has
    one notification configuration, so only one part may declare it."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """SNS topic, which EventBridge and CloudWatch may publish to, that failed reviews are told to."""
