"""What is done with advice: a change of the declaration, or a named reason to hold it back."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from trimtab.cost.model.advice import Advice, Recommendation
from trimtab.cost.model.base import Model
from trimtab.cost.model.edit import SpecEdit


class HeldCode(StrEnum):
    """Why advice was not acted on."""

    ABSTAINED = "abstained"
    NO_CHANGE = "no-change"
    NO_HANDLE = "no-handle"
    UNPRICED = "unpriced"
    BLAST_RADIUS = "blast-radius"
    COVERAGE = "coverage"
    POLICY = "policy"
    DECLINED = "declined"
    CONFLICT = "conflict"
    STEP = "step"
    FLOOR = "floor"
    ALARM = "alarm"
    CHANGE_WINDOW = "change-window"
    DRIFT = "drift"


class Change(Model):
    """Advice that is going to be, or was, written into the declaration."""

    status: Literal["change"] = "change"
    advice: Recommendation
    edits: tuple[SpecEdit, ...] = Field(min_length=1)


class Held(Model):
    """Advice that was not acted on, and why."""

    status: Literal["held"] = "held"
    advice: Advice
    code: HeldCode
    reason: str


Decision = Annotated[Change | Held, Field(discriminator="status")]
