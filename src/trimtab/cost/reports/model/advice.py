"""What is advised with its evidence, and what waits."""

from decimal import Decimal
from typing import Literal

from trimtab.cost.model import Model
from trimtab.cost.model.base import Utc


class EditLine(Model):
    """One field of the declaration, before and after."""

    spec_path: str
    unit: str
    before: str
    after: str


class AdviceLine(Model):
    """What is advised, with the evidence."""

    subject: str
    kind: str
    team: str
    reason: str
    target: str
    edits: tuple[EditLine, ...]
    monthly: Decimal | None
    monthly_low: Decimal | None
    monthly_high: Decimal | None
    unpriced: str
    saving_share: float
    violation: float
    budget: float
    samples: int
    method: str
    cautions: tuple[str, ...]
    trace: tuple[tuple[Utc, float, float], ...]
    """Moment, demand, advised capacity: one point an hour."""
    unit: str
    capacity: float
    """What is paid for now, in `unit`."""


class Waiting(Model):
    """Advice that is not acted on, or not given: why, and by which rule."""

    subject: str
    kind: str
    status: Literal["held", "abstained"]
    code: str
    reason: str
