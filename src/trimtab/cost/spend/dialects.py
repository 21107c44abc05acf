"""The two forms of a billing export, by their published column names.

CUR 2.0: https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-cur2.html
FOCUS 1.x: https://focus.finops.org/focus-specification/
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.cost.spend.charge import ChargeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.cost.spend.charge import Basis

NUMBER = "DECIMAL(38, 12)"
"""Twelve places after the point, as FOCUS asks; a price per request has nine."""


EVERY = "*"
UPFRONT = "UpfrontFee"
"""Not AWS's word: what a `Fee` is called here that bought a reservation."""


@dataclass(frozen=True)
class Term:
    """A part of an amount: the first of its columns that is not null; `sign` -1: it is taken off."""

    columns: tuple[str, ...]
    sign: int = 1


@dataclass(frozen=True)
class Metering:
    """Columns that tell what was used by the hour, of which an export need not have any.

    Attributes:
        service, usage_type, operation: AWS's own codes, `AmazonEC2`, `EUW1-BoxUsage:g5.xlarge`, `RunInstances`.
        quantity: units that were used, hours of an instance.
        list_cost: what they cost without any commitment.
        uncovered: a column and its value in rows that no commitment covers.
    """

    service: str
    usage_type: str
    operation: str
    quantity: str
    list_cost: str
    uncovered: tuple[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them."""
        return (self.service, self.usage_type, self.operation, self.quantity, self.list_cost, self.uncovered[0])


@dataclass(frozen=True)
class Dialect:
    """One form.

    Attributes:
        required: columns without which nothing can be said.
        start, resource, service, kind, currency: columns by what they hold.
        tags: columns of tags, the first that is there is read.
        kinds: what a value of `kind` is; others are `other`, never dropped.
        billed: columns of money, the first that is not null counts.
        effective: the terms that are added up, by a value of `kind`; `*`: every other one; no terms: zero.
        identity: columns that name a row once.
        upfront: a column that makes a fee the purchase of a commitment where it holds something; empty: there is none.
    """

    name: str
    required: tuple[str, ...]
    start: str
    resource: str
    service: str
    kind: str
    currency: str
    tags: tuple[str, ...]
    kinds: Mapping[str, ChargeKind]
    billed: tuple[str, ...]
    effective: Mapping[str, tuple[Term, ...]]
    metering: Metering
    identity: tuple[str, ...] = ()
    upfront: str = ""

    def money(self, basis: Basis) -> Mapping[str, tuple[Term, ...]]:
        """Return the terms of the amount by a value of `kind`."""
        return {EVERY: (Term(self.billed),)} if basis == "billed" else self.effective


_NET = ("line_item_net_unblended_cost", "line_item_unblended_cost")
_SP_USED = ("savings_plan_net_savings_plan_effective_cost", "savings_plan_savings_plan_effective_cost")
_RI_USED = ("reservation_net_effective_cost", "reservation_effective_cost")

CUR2 = Dialect(
    name="CUR 2.0",
    required=(
        "line_item_usage_start_date", "line_item_line_item_type", "line_item_currency_code", "line_item_product_code",
        "line_item_unblended_cost",
    ),
    start="line_item_usage_start_date",
    resource="line_item_resource_id",
    service="line_item_product_code",
    kind="line_item_line_item_type",
    currency="line_item_currency_code",
    tags=("resource_tags", "tags"),
    # https://docs.aws.amazon.com/cur/latest/userguide/Lineitem-columns.html, LineItemType
    kinds={
        "Usage": ChargeKind.USAGE,
        "DiscountedUsage": ChargeKind.USAGE,
        "SavingsPlanCoveredUsage": ChargeKind.USAGE,
        "SavingsPlanNegation": ChargeKind.USAGE,
        "SavingsPlanRecurringFee": ChargeKind.COMMITMENT,
        "SavingsPlanUpfrontFee": ChargeKind.COMMITMENT,
        "RIFee": ChargeKind.COMMITMENT,
        "Fee": ChargeKind.FEE,
        UPFRONT: ChargeKind.COMMITMENT,
        "Tax": ChargeKind.TAX,
        "Credit": ChargeKind.CREDIT,
        "Refund": ChargeKind.REFUND,
        "EdpDiscount": ChargeKind.DISCOUNT,
        "BundledDiscount": ChargeKind.DISCOUNT,
        "PrivateRateDiscount": ChargeKind.DISCOUNT,
    },
    billed=_NET,
    # What was paid for commitments, spread over what they covered; what they did not cover stays with the fee.
    # https://docs.aws.amazon.com/cur/latest/userguide/sp-columns.html and reservation-columns.html
    effective={
        "SavingsPlanCoveredUsage": (Term(_SP_USED),),
        "SavingsPlanRecurringFee": (
            Term(("savings_plan_total_commitment_to_date",)), Term(("savings_plan_used_commitment",), -1),
        ),
        "SavingsPlanNegation": (),
        "SavingsPlanUpfrontFee": (),
        "DiscountedUsage": (Term(_RI_USED),),
        "RIFee": (
            Term(("reservation_unused_recurring_fee",)),
            Term(("reservation_unused_amortized_upfront_fee_for_billing_period",)),
        ),
        UPFRONT: (),
        EVERY: (Term(_NET),),
    },
    metering=Metering(
        "line_item_product_code", "line_item_usage_type", "line_item_operation", "line_item_usage_amount",
        "line_item_unblended_cost", ("line_item_line_item_type", "Usage"),
    ),
    identity=("identity_line_item_id", "identity_time_interval"),
    upfront="reservation_reservation_arn",
)  # fmt: skip

FOCUS = Dialect(
    name="FOCUS",
    required=(
        "ChargePeriodStart", "ChargeCategory", "BillingCurrency", "ServiceName", "BilledCost", "EffectiveCost",
    ),
    start="ChargePeriodStart",
    resource="ResourceId",
    service="ServiceName",
    kind="ChargeCategory",
    currency="BillingCurrency",
    tags=("Tags",),
    kinds={
        "Usage": ChargeKind.USAGE,
        "Purchase": ChargeKind.COMMITMENT,
        "Tax": ChargeKind.TAX,
        "Credit": ChargeKind.CREDIT,
        "Adjustment": ChargeKind.REFUND,
    },
    billed=("BilledCost",),
    effective={EVERY: (Term(("EffectiveCost",)),)},
    # The columns of AWS's own begin with x_: https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-focus-1-0-aws.html
    metering=Metering(
        "x_ServiceCode", "x_UsageType", "x_Operation", "PricingQuantity", "ListCost", ("CommitmentDiscountId", ""),
    ),
)  # fmt: skip

DIALECTS = (CUR2, FOCUS)
