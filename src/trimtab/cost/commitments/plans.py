"""What can be committed to: Savings Plans by money an hour, reserved nodes by number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Payment = Literal["no-upfront", "partial-upfront", "all-upfront"]
PAYMENTS: tuple[Payment, ...] = ("no-upfront", "partial-upfront", "all-upfront")
TERMS = (1, 3)
"""Years."""


@dataclass(frozen=True)
class Offer:
    """For how long, and how it is paid."""

    years: int
    payment: Payment


@dataclass(frozen=True)
class Plan:
    """A kind of commitment.

    Attributes:
        savings_plan: the type of Savings Plan; empty: reserved nodes, one commitment for each usage type.
        codes: service code → parts of the usage types that it covers.
    """

    name: str
    savings_plan: str
    codes: dict[str, tuple[str, ...]]


# https://docs.aws.amazon.com/savingsplans/latest/userguide/what-is-savings-plans.html
PLANS = (
    Plan(
        "Compute Savings Plan",
        "Compute",
        {"AmazonEC2": ("BoxUsage:",), "AmazonECS": ("Fargate-",), "AWSLambda": ("Lambda-GB-Second",)},
    ),
    Plan("SageMaker Savings Plan", "SageMaker", {"AmazonSageMaker": (":ml.",)}),
    Plan("ElastiCache reserved nodes", "", {"AmazonElastiCache": ("NodeUsage:",)}),
    Plan("RDS reserved instances", "", {"AmazonRDS": ("InstanceUsage:", "Multi-AZUsage:")}),
)
