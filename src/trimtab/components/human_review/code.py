"""The function's code and settings, as Lambda takes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pulumi

if TYPE_CHECKING:
    from trimtab.spec.human_review import ReviewedAnswers
    from trimtab.spec.serving import ServingEndpoint

RUNTIME, ARCHITECTURE = "python3.13", "arm64"
HANDLER = "send_reviews.handler"
_FILE = Path(__file__).parent / "function" / "send_reviews.py"


def archive() -> pulumi.AssetArchive:
    """Return the code as text: a path would differ from one machine to the next, and with it the stack."""
    return pulumi.AssetArchive({_FILE.name: pulumi.StringAsset(_FILE.read_text(encoding="utf-8"))})


def settings(endpoint: ServingEndpoint, answers: ReviewedAnswers) -> dict[str, str]:
    """Return the environment that says which answers are reviewed; shares in percent."""
    below = answers.below_confidence_percent
    return {
        "ENDPOINT": endpoint.name,
        "BELOW_CONFIDENCE": "" if below is None else str(below),
        "SAMPLED": str(answers.sampled_percent),
        "SCORE": answers.score,
        "SCORE_AT": answers.score_attribute,
    }
