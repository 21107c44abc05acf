"""Units as types: a number in a declaration always says what it counts."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel

GiB = Annotated[int, Field(ge=1, le=65_536, description="Memory or storage in GiB (2^30 bytes).")]
VCpu = Annotated[int, Field(ge=1, le=896, description="Virtual CPUs, as AWS counts them.")]
Seconds = Annotated[int, Field(ge=1, le=31_536_000, description="Duration in seconds, a year at most.")]
Minutes = Annotated[int, Field(ge=1, le=10_080, description="Duration in minutes, a week at most.")]
Days = Annotated[int, Field(ge=1, le=3_653, description="Duration in days, ten years at most.")]
Percent = Annotated[int, Field(ge=0, le=100, description="Share in percent, 0 to 100.")]
MOST = 10_000
"""Instances or nodes of one part at most."""
Count = Annotated[int, Field(ge=0, le=MOST, description="A number of instances or nodes.")]

LogRetentionDays = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
]
"""The retention periods that CloudWatch Logs accepts (PutRetentionPolicy), in days."""

Name = Annotated[
    str,
    Field(
        pattern=r"^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$",
        description="Lower-case letters, digits and hyphens, 1 to 30 characters, beginning with a letter.",
    ),
]
"""Short enough that a name with its stack's prefix stays inside AWS's 63 characters."""

FeatureName = Annotated[
    str,
    Field(
        pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$",
        description="Letters, digits, hyphens and underscores, 64 characters at most (SageMaker's rule).",
    ),
]

Cron = Annotated[
    str,
    Field(
        pattern=r"^(\S+ ){4}\S+$",
        description="Five cron fields in UTC: minute, hour, day of month, month, day of week.",
    ),
]

Currency = Literal["USD", "EUR", "GBP"]


def _each_once(values: tuple[str, ...]) -> tuple[str, ...]:
    twins = [value for number, value in enumerate(values) if value in values[:number]]
    if twins:
        raise PydanticCustomError(
            "twice",
            "{twin} is listed more than once",
            {"twin": twins[0], "allowed": "each entry once", "remedy": f"list {twins[0]} once"},
        )
    return values


EachOnce = AfterValidator(_each_once)
"""Refuses a list of texts that holds one of them twice."""


class Money(SpecModel):
    """An amount of money; never a float."""

    amount: Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=6, allow_inf_nan=False)]
    """Amount in units of the currency; write it in quotes to keep every digit."""
    currency: Currency = "USD"
    """ISO 4217 code. AWS bills in USD unless the account says otherwise."""
