"""The stacks of a roll-up."""

from decimal import Decimal
from typing import Literal

from trimtab.cost.model import Model


class MemberLine(Model):
    """One stack of an organisation.

    Attributes:
        status: `failed`: it could not be read, `reason` says why, and nothing of it is in any sum.
        monthly: spend at list price; None: nothing of it is priced, or it failed.
    """

    name: str
    account: str
    stack: str
    status: Literal["read", "failed"]
    reason: str = ""
    monthly: Decimal | None = None
    idle: Decimal | None = None
    advised: Decimal = Decimal(0)
    budget: Decimal | None = None
    subjects: int = 0
