"""What became of a change, judged on metrics taken after it."""

from enum import StrEnum

from trimtab.cost.model.base import Model, Utc
from trimtab.cost.model.change import Change


class Verdict(StrEnum):
    """How a verified change ended."""

    KEPT = "kept"
    ROLLED_BACK = "rolled-back"
    UNDECIDED = "undecided"


class Verification(Model):
    """A change and the metrics of its subject after it.

    Attributes:
        violation: share of samples over capacity since the change; `budget` is what its class allows.
        reason: one sentence: what was seen and what was done.
    """

    change: Change
    verdict: Verdict
    reason: str
    since: Utc
    until: Utc
    samples: int
    violation: float
    budget: float
