"""The files of one export as one view in DuckDB: `starts, resource, service, kind, currency, tags, amount`."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import duckdb

from trimtab.cost.spend.dialects import DIALECTS, EVERY, NUMBER, UPFRONT, Dialect
from trimtab.cost.spend.tags import parsed
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from trimtab.cost.spend.charge import Basis
    from trimtab.cost.spend.dialects import Term

_MEMORY = "1GB"
"""DuckDB spills beyond it."""
_PARQUET, _CSV = (".parquet", ".pq"), (".csv", ".csv.gz")


@dataclass(frozen=True)
class ExportFile:
    """An opened export.

    Attributes:
        columns: published column name → its type in DuckDB.
    """

    path: Path
    connection: duckdb.DuckDBPyConnection
    dialect: Dialect
    basis: Basis
    columns: dict[str, str]

    @classmethod
    def open(cls, path: Path, basis: Basis) -> ExportFile:
        """Open a file, or all files below a folder, and find out which form it is.

        Raises:
            UserError: it is absent, empty, broken, of no known form, or lacks a column that the basis takes.
        """
        connection = duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": tempfile.gettempdir()})
        connection.execute("SET TimeZone = 'UTC'")
        try:
            connection.execute(f"CREATE VIEW raw AS SELECT * FROM {_reader(path)}")  # noqa: S608  # names are quoted
            columns = {str(row[0]): str(row[1]) for row in connection.execute("DESCRIBE raw").fetchall()}
            file = cls(path, connection, _dialect(path, columns), basis, columns)
            kinds = [str(row[0]) for row in connection.execute(f"SELECT DISTINCT {file.kind} FROM raw").fetchall()]  # noqa: S608
            connection.execute(f"CREATE VIEW bill AS {file.select(kinds)}")  # made of published names
        except duckdb.Error as error:
            raise UserError(
                f"--export {path}: cannot be read: {str(error).splitlines()[0]}",
                remedy="check that its files are complete and of the form that their names say.",
            ) from error
        return file

    def has(self, column: str) -> bool:
        """Whether the export was made with a column."""
        return column in self.columns

    @property
    def kind(self) -> str:
        """SQL for what a row is for; a fee that bought a reservation gets a name of its own."""
        dialect, name = self.dialect, _text(self.dialect.kind)
        if not dialect.upfront or not self.has(dialect.upfront):
            return name
        return f"CASE WHEN {name} = 'Fee' AND {_text(dialect.upfront)} <> '' THEN '{UPFRONT}' ELSE {name} END"

    def select(self, kinds: Sequence[str]) -> str:
        """Return the query of the view.

        Raises:
            UserError: the amount of a kind that occurs takes a column that is not there.
        """
        dialect = self.dialect
        money = dialect.money(self.basis)
        cases = " ".join(f"WHEN '{name}' THEN {self._sum(money[name])}" for name in kinds if name in money)
        other = self._sum(money[EVERY])
        tags = next((name for name in dialect.tags if self.has(name)), "")
        return (
            f"SELECT TRY_CAST({_bare(dialect.start)} AS TIMESTAMPTZ) AS starts, "  # noqa: S608  # as above
            f"{_text(dialect.resource) if self.has(dialect.resource) else repr('')} AS resource, "
            f"{_text(dialect.service)} AS service, {self.kind} AS kind, {_text(dialect.currency)} AS currency, "
            f"{self._tags(tags)} AS tags, "
            f"{f'CASE {self.kind} {cases} ELSE {other} END' if cases else other} AS amount, filename FROM raw"
        )

    def meter(self) -> None:
        """Make a second view, `metered`: what was used, with its cost on demand; its columns must be there.

        Raises:
            UserError: a quantity or list cost cannot be read as a number.
        """
        columns = self.dialect.metering
        bad = {name: self._unreadable(name) for name in (columns.quantity, columns.list_cost)}
        if any(bad.values()):
            said = "; ".join(f"{count} rows have no number in {name}" for name, count in bad.items() if count)
            raise UserError(f"--export {self.path}: {said}", remedy="name the export as it was delivered.")
        tags = next((name for name in self.dialect.tags if self.has(name)), "")
        resource = _text(self.dialect.resource) if self.has(self.dialect.resource) else "''"
        column, value = columns.uncovered
        self.connection.execute(
            f"CREATE VIEW metered AS SELECT TRY_CAST({_bare(self.dialect.start)} AS TIMESTAMPTZ) AS starts, "  # noqa: S608
            f"{_text(columns.service)} AS code, {_text(columns.usage_type)} AS usage_type, "
            f"{_text(columns.operation)} AS operation, {resource} AS resource, {self._tags(tags)} AS tags, "
            f"{_text(self.dialect.currency)} AS currency, {_number(columns.quantity)} AS quantity, "
            f"{_number(columns.list_cost)} AS list_cost, "
            f"{_text(column)} = '{value}' AND {self.kind} = 'Usage' AS uncovered FROM raw"
        )

    def check(self) -> None:
        """Refuse what would be added up wrongly.

        Raises:
            UserError: rows without time, currency or amount, amounts that are no numbers, or rows delivered twice.
        """
        counted = "count(*)", "count(*) FILTER (WHERE starts IS NULL)", "count(*) FILTER (WHERE currency = '')"
        total, timeless, bare, amountless = self._one(
            f"SELECT {', '.join(counted)}, count(*) FILTER (WHERE amount IS NULL) FROM bill"  # noqa: S608  # constants
        )
        if not total:
            raise UserError(f"--export {self.path}: holds no row", remedy="name an export that was delivered.")
        defects = {
            f"no readable time in {self.dialect.start}": timeless,
            f"no {self.dialect.currency}": bare,
            "no amount": amountless,
            **{f"no number in {name}": self._unreadable(name) for name in self._money_columns()},
        }
        found = [f"{count} rows have {what}" for what, count in defects.items() if count]
        doubled = self._doubled()
        if doubled:
            found.append(f"{doubled} rows lie in more than one file")
        if found:
            raise UserError(
                f"--export {self.path}: of {total} rows {'; '.join(found)}",
                remedy="name one delivery of the export, with the files as they were delivered.",
            )

    def span(self, rows: str = "true") -> tuple[datetime, datetime]:
        """Return the time of the first of some rows (an SQL condition) and the end of the last one's hour.

        Raises:
            UserError: there is no such row.
        """
        query = f"SELECT epoch_us(min(starts)), epoch_us(max(starts)) FROM bill WHERE {rows} HAVING count(*) > 0"  # noqa: S608
        found = self._one(query)
        if not found:
            raise UserError(f"--export {self.path}: has no row of usage", remedy="name an export of an account in use.")
        first, last = found
        zero = datetime(1970, 1, 1, tzinfo=UTC)
        return zero + timedelta(microseconds=first), zero + timedelta(microseconds=last, hours=1)

    def tags(self, text: str) -> dict[str, str]:
        """Read the tags of a row of a view, by their folded keys.

        Raises:
            UserError: they are no map.
        """
        try:
            return parsed(text)
        except ValueError as error:
            raise UserError(
                f"--export {self.path}: tags {text[:60]!r}: {error}; allowed: a map, or a JSON object as text",
                remedy="export the column as it is delivered.",
            ) from error

    def _sum(self, terms: Sequence[Term]) -> str:
        parts = []
        for term in terms:
            there = [name for name in term.columns if self.has(name)]
            if not there:
                raise UserError(
                    f"--export {self.path}: has no column {term.columns[-1]}, which the {self.basis} cost takes",
                    remedy="add the column to the export, or ask for --cost billed.",
                )
            parts.append(f"{'-' if term.sign < 0 else '+'} coalesce({', '.join(map(_number, there))})")
        return f"CAST(0 {' '.join(parts)} AS {NUMBER})"

    def _tags(self, name: str) -> str:
        if not name:
            return "''"
        if self.columns[name] == "VARCHAR":
            return _text(name)
        return f"coalesce(CAST(to_json({_quoted(name)}) AS VARCHAR), '')"

    def _money_columns(self) -> list[str]:
        terms = [term for terms in self.dialect.money(self.basis).values() for term in terms]
        return sorted({name for term in terms for name in term.columns if self.has(name)})

    def _unreadable(self, name: str) -> int:
        bad = f"{_bare(name)} IS NOT NULL AND {_number(name)} IS NULL"
        return self._one(f"SELECT count(*) FROM raw WHERE {bad}")[0]  # noqa: S608  # published names

    def _doubled(self) -> int:
        names = self.dialect.identity
        if not names or not all(self.has(name) for name in names):
            return 0
        keys = ", ".join(map(_quoted, names))
        each = f"SELECT count(*) AS n FROM raw GROUP BY {keys} HAVING count(DISTINCT filename) > 1"  # noqa: S608
        return self._one(f"SELECT coalesce(sum(n), 0) FROM ({each})")[0]  # noqa: S608  # as above

    def _one(self, query: str) -> tuple[int, ...]:
        row = self.connection.execute(query).fetchone() or ()
        return tuple(int(value) for value in row)


def _dialect(path: Path, columns: dict[str, str]) -> Dialect:
    lacking = {one.name: [name for name in one.required if name not in columns] for one in DIALECTS}
    for one in DIALECTS:
        if not lacking[one.name]:
            return one
    nearest = min(DIALECTS, key=lambda one: len(lacking[one.name]) / len(one.required))
    raise UserError(
        f"--export {path}: has no column {', '.join(lacking[nearest.name])}; allowed: a CUR 2.0 or FOCUS 1.x export",
        remedy=f"export it with the columns {', '.join(nearest.required)}.",
    )


def _reader(path: Path) -> str:
    if not path.exists():
        raise UserError(f"--export {path}: does not exist", remedy="name a file, or the folder of an export.")
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    parquet, csv = ([str(one) for one in files if one.name.lower().endswith(ends)] for ends in (_PARQUET, _CSV))
    if bool(parquet) == bool(csv):
        what = "holds Parquet and CSV files" if parquet else "is, or holds, no Parquet or CSV file"
        raise UserError(
            f"--export {path}: {what}; allowed: one form of .parquet, .csv, .csv.gz", remedy="name one delivery."
        )
    names = ", ".join("'" + name.replace("'", "''") + "'" for name in parquet or csv)
    options = "union_by_name = true, filename = true, hive_partitioning = false"
    if parquet:
        return f"read_parquet([{names}], {options})"
    return (
        f"read_csv([{names}], {options}, all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"')"
    )


def _quoted(name: str) -> str:
    return '"' + name + '"'


def _bare(name: str) -> str:
    """Return a column with blank text as null. Trimmed also because DuckDB pushes a bare cast into its CSV reader."""
    return f"nullif(trim(CAST({_quoted(name)} AS VARCHAR)), '')"


def _text(name: str) -> str:
    return f"coalesce({_bare(name)}, '')"


def _number(name: str) -> str:
    """Return a column as exact money; a double (CUR's in Parquet) by its shortest form, 0.1 and not 0.0999."""
    return f"TRY_CAST({_bare(name)} AS {NUMBER})"
