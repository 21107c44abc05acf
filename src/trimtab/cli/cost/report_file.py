"""The report as a file of the asked form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trimtab.cost.reports import FORMATS
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from trimtab.cost.reports import Report

FOCUS = "focus"
_CSV, _PARQUET = ".csv", ".parquet"
_ENDINGS = {"html": ".html", "markdown": ".md", "json": ".json", "csv": _CSV, FOCUS: _PARQUET}
_TYPES = {
    ".html": "text/html; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".json": "application/json",
    _CSV: "text/csv; charset=utf-8", _PARQUET: "application/vnd.apache.parquet",
}  # fmt: skip


@dataclass(frozen=True)
class ReportFile:
    """Which form is written where."""

    form: str
    path: Path

    @classmethod
    def of(cls, form: str, output: Path | None, name: str) -> ReportFile:
        """Choose the path.

        Raises:
            UserError: the ending is not one of the form's.
        """
        path = (output or Path(f"cost-report-{name}{_ENDINGS[form]}")).resolve()
        if form == FOCUS and path.suffix not in {_PARQUET, _CSV}:
            raise UserError(
                f"--output {path.name}: the ending says the form; allowed with --format focus: .parquet, .csv",
                remedy="name the file so.",
            )
        return cls(form, path)

    @property
    def content_type(self) -> str:
        """Its media type."""
        return _TYPES[self.path.suffix if self.form == FOCUS else _ENDINGS[self.form]]

    def content(self, report: Report, billing_account: str) -> bytes:
        """Write the report; what FOCUS has no place for is told.

        Raises:
            UserError: FOCUS asks for an account, and none is known.
        """
        if self.form != FOCUS:
            text = FORMATS[self.form](report)
            return (text if text.endswith("\n") else f"{text}\n").encode()
        from trimtab.cost.reports.focus import left_out, to_csv_bytes, to_parquet_bytes, to_table  # noqa: PLC0415  # slow

        table = to_table(report, billing_account)
        missing = left_out(report)
        if missing:
            click.echo(f"without a price, and so not in it: {', '.join(missing)}", err=True)
        return to_csv_bytes(table) if self.path.suffix == _CSV else to_parquet_bytes(table)


def account_of_credentials() -> str:
    """Return the account of the environment's credentials; empty where they cannot be used."""
    import boto3  # noqa: PLC0415  # slow to import
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415  # as above

    try:
        return str(boto3.client("sts").get_caller_identity()["Account"])
    except (BotoCoreError, ClientError):
        return ""
