"""What a billing export says was used in each hour and covered by no commitment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.spend.charge import Charge, ChargeKind
from trimtab.cost.spend.export_file import ExportFile
from trimtab.cost.spend.tags import SCALING_GROUP
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, order=True)
class Metered:
    """What is priced alike: AWS's codes of a service's usage."""

    service: str
    usage_type: str
    operation: str


@dataclass(frozen=True)
class Used:
    """Usage of one hour: units and their cost on demand."""

    quantity: Decimal
    cost: Decimal


@dataclass(frozen=True)
class Hours:
    """On-demand usage by the hour.

    Attributes:
        since, until: the span, in whole hours; hours that are absent had no usage.
        currency: of every cost.
        used: by what is priced alike and the hour's beginning.
        left_out: cost on demand that `share_kept` took out.
    """

    origin: str
    since: datetime
    until: datetime
    currency: str
    used: dict[Metered, dict[datetime, Used]]
    left_out: Decimal

    @property
    def count(self) -> int:
        """Hours of the span."""
        return int((self.until - self.since) / _HOUR)


def on_demand(path: Path, codes: dict[str, tuple[str, ...]], share_kept: Callable[[Charge], Decimal]) -> Hours:
    """Read the usage of some services that no commitment covers.

    Args:
        path: an export with hourly rows.
        codes: service code → parts of its usage types, `BoxUsage:`.
        share_kept: the share of a resource's usage that will still be there; it gets one charge without amount.

    Raises:
        UserError: it is no such export, its rows are not hourly, or it has several currencies.
    """
    file = ExportFile.open(path, "billed")
    file.check()
    metering = file.dialect.metering
    columns = (*metering.columns, file.dialect.resource)
    missing = [name for name in columns if not file.has(name)]
    if missing:
        raise UserError(
            f"--export {path}: has no column {', '.join(missing)}, which commitments are worked out from",
            remedy=f"export the columns {', '.join(columns)}, by the hour and with resource IDs.",
        )
    first, last = file.span("kind LIKE '%Usage'")
    rows = list(_rows(file, codes))
    if not rows:
        raise UserError(
            f"--export {path}: has no usage on demand of {', '.join(sorted(codes))}",
            remedy="name an export of an account that runs any of these without a commitment.",
        )
    currencies = {row[5] for row in rows}
    if len(currencies) > 1:
        raise UserError(
            f"--export {path}: has usage in {', '.join(sorted(currencies))}; allowed: one currency",
            remedy="export one account's usage.",
        )
    if len({row[0].date() for row in rows}) > 1 and {row[0].hour for row in rows} == {0}:
        raise UserError(
            f"--export {path}: its rows are of whole days; commitments are paid for by the hour",
            remedy="export with TIME_GRANULARITY HOURLY.",
        )
    used: dict[Metered, dict[datetime, Used]] = {}
    left_out = Decimal(0)
    for at, metered, resource, tags, kind_used, currency in rows:
        kept = share_kept(Charge(resource, metered.service, ChargeKind.USAGE, currency, Decimal(0), tags))
        left_out += kind_used.cost * (1 - kept)
        hours = used.setdefault(metered, {})
        known = hours.get(at, Used(Decimal(0), Decimal(0)))
        hours[at] = Used(known.quantity + kind_used.quantity * kept, known.cost + kind_used.cost * kept)
    return Hours(f"{file.dialect.name} export {path}", first, last, next(iter(currencies), "USD"), used, left_out)


def _rows(
    file: ExportFile, codes: dict[str, tuple[str, ...]]
) -> Iterator[tuple[datetime, Metered, str, dict[str, str], Used, str]]:
    file.meter()
    clauses = " OR ".join(
        f"(code = '{code}' AND ({' OR '.join(f'''contains(usage_type, '{part}')''' for part in parts)}))"
        for code, parts in codes.items()
    )
    query = (
        "SELECT date_trunc('hour', starts), code, usage_type, operation, resource, tags, currency, "  # noqa: S608  # constants
        f"sum(quantity), sum(list_cost) FROM metered WHERE uncovered AND ({clauses}) GROUP BY ALL ORDER BY ALL"
    )
    for at, code, usage_type, operation, resource, tags, currency, quantity, cost in file.connection.execute(
        query
    ).fetchall():
        kept = {name: value for name, value in file.tags(tags).items() if name == SCALING_GROUP}
        used = Used(Decimal(quantity or 0), Decimal(cost or 0))
        yield at, Metered(code, usage_type, operation), resource, kept, used, currency
