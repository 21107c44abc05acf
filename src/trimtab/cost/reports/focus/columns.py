"""The columns of FOCUS 1.2 that a data set of usage at list price has, with what the standard asks of each.

https://focus.finops.org/focus-specification/v1-2/ ; money is a decimal of 18 places before the point and 12 after it,
as the standard's Numeric Format allows; times are UTC; Tags is a map of strings, which is what Parquet has for its
Key-Value Format.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

VERSION = "1.2"
MONEY = pa.decimal128(30, 12)
TIME = pa.timestamp("us", tz="UTC")
TEXT = pa.string()
TAGS = pa.map_(pa.string(), pa.string())


class Level(StrEnum):
    """How a column is asked for: always, where the provider knows such a thing, or as good practice."""

    MANDATORY = "Mandatory"
    CONDITIONAL = "Conditional"
    RECOMMENDED = "Recommended"
    OWN = "x_"
    """Not of the standard, which asks for this prefix."""


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        nullable: whether the standard lets it be null.
        allowed: its closed list of values; empty: any.
    """

    name: str
    type: pa.DataType
    level: Level
    nullable: bool = False
    allowed: tuple[str, ...] = ()


_CHARGES = ("Usage", "Purchase", "Tax", "Credit", "Adjustment")
_CATEGORIES = (
    "AI and Machine Learning", "Analytics", "Business Applications", "Compute", "Databases", "Developer Tools",
    "Multicloud", "Identity", "Integration", "Internet of Things", "Management and Governance", "Media", "Migration",
    "Mobile", "Networking", "Security", "Storage", "Web", "Other",
)  # fmt: skip
_M, _C, _R, _X = Level.MANDATORY, Level.CONDITIONAL, Level.RECOMMENDED, Level.OWN

COLUMNS: tuple[Column, ...] = (
    Column("BilledCost", MONEY, _M),
    Column("BillingAccountId", TEXT, _M),
    Column("BillingAccountName", TEXT, _M, nullable=True),
    Column("BillingCurrency", TEXT, _M),
    Column("BillingPeriodEnd", TIME, _M),
    Column("BillingPeriodStart", TIME, _M),
    Column("ChargeCategory", TEXT, _M, allowed=_CHARGES),
    Column("ChargeClass", TEXT, _M, nullable=True, allowed=("Correction",)),
    Column("ChargeDescription", TEXT, _M, nullable=True),
    Column("ChargeFrequency", TEXT, _R, allowed=("One-Time", "Recurring", "Usage-Based")),
    Column("ChargePeriodEnd", TIME, _M),
    Column("ChargePeriodStart", TIME, _M),
    Column("ConsumedQuantity", MONEY, _C, nullable=True),
    Column("ConsumedUnit", TEXT, _C, nullable=True),
    Column("ContractedCost", MONEY, _M),
    Column("ContractedUnitPrice", MONEY, _C, nullable=True),
    Column("EffectiveCost", MONEY, _M),
    Column("InvoiceIssuerName", TEXT, _M),
    Column("ListCost", MONEY, _M),
    Column("ListUnitPrice", MONEY, _C, nullable=True),
    Column("PricingCategory", TEXT, _C, nullable=True, allowed=("Standard", "Dynamic", "Committed", "Other")),
    Column("PricingQuantity", MONEY, _M, nullable=True),
    Column("PricingUnit", TEXT, _M, nullable=True),
    Column("ProviderName", TEXT, _M),
    Column("PublisherName", TEXT, _M),
    Column("RegionId", TEXT, _C, nullable=True),
    Column("RegionName", TEXT, _C, nullable=True),
    Column("ResourceId", TEXT, _C, nullable=True),
    Column("ResourceName", TEXT, _C, nullable=True),
    Column("ResourceType", TEXT, _C, nullable=True),
    Column("ServiceCategory", TEXT, _M, allowed=_CATEGORIES),
    Column("ServiceName", TEXT, _M),
    Column("SkuId", TEXT, _C, nullable=True),
    Column("SubAccountId", TEXT, _C, nullable=True),
    Column("SubAccountName", TEXT, _C, nullable=True),
    Column("Tags", TAGS, _C, nullable=True),
    Column("x_AdvisedMonthlySaving", MONEY, _X, nullable=True),
    Column("x_AdviceStatus", TEXT, _X, nullable=True),
    Column("x_CostBasis", TEXT, _X),
    Column("x_PriceAsOf", pa.date32(), _X),
    Column("x_UseMean", pa.float64(), _X, nullable=True),
)
"""In the alphabet's order, as the standard recommends; ours at the end."""


def schema() -> pa.Schema:
    """Return the Arrow schema, which names the standard and its version."""
    fields = [pa.field(one.name, one.type, nullable=one.nullable) for one in COLUMNS]
    return pa.schema(fields, metadata={"FocusVersion": VERSION, "DataGenerator": "trimtab"})
