"""What became of a change, judged on metrics taken after it."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from trimtab.cost.model.base import Model, Utc
from trimtab.cost.model.change import Change


class Verdict(StrEnum):
    """How a verified change ended."""

    KEPT = "kept"
    ROLLED_BACK = "rolled-back"
    UNDECIDED = "undecided"


class Check(Model):
    """One test of a verification.

    Attributes:
        name: kebab-case, `saturation`, `alarms`, `errors`, `samples`.
        seen: one sentence with the figures that were compared.
    """

    name: str
    passed: bool
    seen: str


class Realised(Model):
    """What a change really saves in a month of 730 hours, from the units that the cloud says are running."""

    status: Literal["realised"] = "realised"
    monthly: Decimal
    units: float
    seen: str


class Unrealised(Model):
    """A saving that could not be measured, and why; never to be read as zero."""

    status: Literal["unrealised"] = "unrealised"
    reason: str


Realisation = Annotated[Realised | Unrealised, Field(discriminator="status")]


class Verification(Model):
    """A change and the metrics of its subject after it.

    Attributes:
        violation: share of samples over capacity since the change; `budget` is what its class allows.
        reason: one sentence: what was seen and what was done.
        checks: every test that was made.
        realised: the saving measured after the change.
    """

    change: Change
    verdict: Verdict
    reason: str
    since: Utc
    until: Utc
    samples: int
    violation: float
    budget: float
    checks: tuple[Check, ...] = ()
    realised: Realisation = Unrealised(reason="not measured")
