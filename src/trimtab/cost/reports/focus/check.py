"""What FOCUS 1.2 asks of a data set, as far as a table alone can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from trimtab.cost.reports.focus.columns import COLUMNS, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from trimtab.cost.reports.focus.columns import Column

_NAME = r"^([A-Z][A-Za-z0-9]*|x_[A-Z][A-Za-z0-9]*)$"
_LONGEST = 50


def problems(table: pa.Table) -> tuple[str, ...]:
    """Return what a data set breaks, one sentence each; nothing where it conforms."""
    return tuple(one for rule in _RULES for one in rule(table))


def _columns(table: pa.Table) -> Iterator[str]:
    for one in COLUMNS:
        if one.level is Level.MANDATORY and one.name not in table.column_names:
            yield f"{one.name}: is missing; it is mandatory"
    known = {one.name for one in COLUMNS}
    for name in table.column_names:
        if name not in known and not name.startswith("x_"):
            yield f"{name}: is no column of FOCUS, and has no x_ before it"
        if not pc.match_substring_regex(pa.array([name]), _NAME)[0].as_py() or len(name) > _LONGEST:
            yield f"{name}: is not in Pascal case of at most {_LONGEST} letters"


def _values(table: pa.Table) -> Iterator[str]:
    for one in _present(table):
        column = table[one.name]
        if column.type != one.type:
            yield f"{one.name}: is {column.type}; asked for is {one.type}"
        elif not one.nullable and column.null_count:
            yield f"{one.name}: is null in {column.null_count} rows"
        elif one.allowed:
            strange = set(pc.unique(column.drop_null()).to_pylist()) - set(one.allowed)
            if strange:
                yield f"{one.name}: holds {', '.join(sorted(strange))}; allowed: {', '.join(one.allowed)}"


def _periods(table: pa.Table) -> Iterator[str]:
    needed = ("ChargePeriodStart", "ChargePeriodEnd", "BillingPeriodStart", "BillingPeriodEnd")
    if not set(needed) <= set(table.column_names):
        return
    start, end, begin, close = (table[name] for name in needed)
    for bad, text in (
        (pc.greater_equal(start, end), "ChargePeriodEnd: is not after ChargePeriodStart"),
        (
            pc.or_(pc.less(start, begin), pc.greater(end, close)),
            "ChargePeriodStart: the charge lies outside of its billing period",
        ),
    ):
        count = pc.sum(bad).as_py() or 0
        if count:
            yield f"{text} in {count} rows"


def _money(table: pa.Table) -> Iterator[str]:
    """A cost is the unit price times the quantity, where both are there."""
    for cost, price in (("ListCost", "ListUnitPrice"), ("ContractedCost", "ContractedUnitPrice")):
        if not {cost, price, "PricingQuantity"} <= set(table.column_names):
            continue
        product = pc.multiply(pc.cast(table[price], pa.float64()), pc.cast(table["PricingQuantity"], pa.float64()))
        apart = pc.abs(pc.subtract(pc.cast(table[cost], pa.float64()), product))
        count = pc.sum(pc.greater(apart, 1e-6)).as_py() or 0
        if count:
            yield f"{cost}: is not {price} x PricingQuantity in {count} rows"


def _units(table: pa.Table) -> Iterator[str]:
    """A quantity has its unit, and a usage its prices."""
    for one, other in (
        ("PricingQuantity", "PricingUnit"),
        ("ConsumedQuantity", "ConsumedUnit"),
        ("ListUnitPrice", "PricingUnit"),
    ):
        if {one, other} <= set(table.column_names):
            alone = pc.and_(pc.is_valid(table[one]), pc.is_null(table[other]))
            count = pc.sum(alone).as_py() or 0
            if count:
                yield f"{other}: is null where {one} is not, in {count} rows"


def _present(table: pa.Table) -> Iterator[Column]:
    yield from (one for one in COLUMNS if one.name in table.column_names)


_RULES: tuple[Callable[[pa.Table], Iterator[str]], ...] = (_columns, _values, _periods, _money, _units)
