"""What was applied, and how promises did."""

from decimal import Decimal

from trimtab.cost.model import Model
from trimtab.cost.model.base import Utc
from trimtab.cost.model.verification import Realisation
from trimtab.cost.reports.model.advice import EditLine


class ChangeLine(Model):
    """A change that was applied, and how its promise did."""

    run: str
    at: Utc
    author: str
    subject: str
    edits: tuple[EditLine, ...]
    outcome: str
    reason: str
    promised: Decimal | None
    realised: Realisation
    checks: tuple[tuple[str, bool, str], ...]
    this_week: bool


class Calibration(Model):
    """Promises against what became of them, over every kept change whose saving was measured."""

    changes: int
    measured: int
    promised: Decimal
    realised: Decimal

    @property
    def ratio(self) -> float | None:
        """Realised money for each promised one; None where nothing was promised or measured."""
        return float(self.realised / self.promised) if self.measured and self.promised else None
