"""What is delivered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.cost.reports.model import Report

_KILO, _MEGA = 1000, 1000 * 1000


@dataclass(frozen=True)
class Parcel:
    """A report and the file that was written of it.

    Attributes:
        name: of the file.
        content_type: its media type.
    """

    report: Report
    name: str
    content: bytes
    content_type: str

    @property
    def said(self) -> str:
        """Name and size, as a reader is asked about it."""
        size = len(self.content)
        shown = f"{size / _MEGA:.1f} MB" if size >= _MEGA else f"{max(size // _KILO, 1)} kB"
        return f"{self.name} ({shown})"

    @property
    def title(self) -> str:
        """One line that names the report."""
        return f"Cost report: {self.report.platform}, {self.report.week}"
