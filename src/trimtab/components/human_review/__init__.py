"""People who look at what a model answers: Amazon Augmented AI, and what sends it the answers."""

from __future__ import annotations

from trimtab.components.human_review.args import HumanReviewArgs
from trimtab.components.human_review.component import HumanReview

__all__ = ["HumanReview", "HumanReviewArgs"]
