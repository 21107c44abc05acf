"""A billing export, CUR 2.0 or FOCUS 1.x, added up by DuckDB where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from trimtab.cost.spend.charge import Basis, Charge, ChargeKind, Charges
from trimtab.cost.spend.export_file import ExportFile
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN = 3


@dataclass(frozen=True)
class BillingExport:
    """A file or folder that a billing export was delivered to."""

    path: Path
    basis: Basis = "billed"

    def charges(self, since: datetime | None, until: datetime | None) -> Charges:
        """Add the rows of a time up by resource, service, kind, currency and tags.

        Raises:
            UserError: it cannot be read, a row has no readable time, currency or amount, or nothing lies in that time.
        """
        file = ExportFile.open(self.path, self.basis)
        file.check()
        first, last = file.span()
        begin, end = since or first, until or last
        rows = file.connection.execute(
            "SELECT resource, service, kind, currency, tags, sum(amount), count(*) FROM bill "
            "WHERE starts >= $since AND starts < $until GROUP BY ALL ORDER BY ALL",
            {"since": begin, "until": end},
        ).fetchall()
        if not rows:
            raise UserError(
                f"--export {self.path}: has no row from {_day(begin)} to before {_day(end)}; "
                f"its rows begin from {_day(first)} to {_day(last)}",
                remedy="ask for a time that it covers, with --from and --until.",
            )
        tags = {text: file.tags(text) for text in {row[4] for row in rows}}
        return Charges(
            charges=tuple(_charge(file, row, tags[row[4]]) for row in rows),
            origin=f"{file.dialect.name} export {self.path}",
            basis=self.basis,
            since=begin,
            until=end,
            notes=tuple(_notes(file, rows)),
        )


def _charge(file: ExportFile, row: tuple[Any, ...], tags: dict[str, str]) -> Charge:
    resource, service, kind, currency, _, amount, count = row
    return Charge(
        resource_id=resource,
        service=service,
        kind=file.dialect.kinds.get(kind, ChargeKind.OTHER),
        currency=currency,
        amount=Decimal(amount),
        tags=tags,
        rows=int(count),
    )


def _notes(file: ExportFile, rows: list[tuple[Any, ...]]) -> list[str]:
    dialect = file.dialect
    notes = []
    if not file.has(dialect.resource):
        notes.append(f"the export has no column {dialect.resource}: nothing can be matched by its id")
    if not any(file.has(name) for name in dialect.tags):
        notes.append(f"the export has no column {dialect.tags[0]}: nothing can be matched by its tags")
    unknown = sorted({row[2] for row in rows} - set(dialect.kinds))
    if unknown:
        more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
        notes.append(f"{dialect.kind} {', '.join(unknown[:_SHOWN])}{more}: not known, counted as other")
    return notes


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"
