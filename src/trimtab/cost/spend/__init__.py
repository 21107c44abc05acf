"""What was billed: from exports and Cost Explorer, joined to who answers for it."""

from __future__ import annotations

from trimtab.cost.spend.charge import Charge, ChargeKind, Charges
from trimtab.cost.spend.document import GROUPINGS, BilledLine, SpendDocument, document
from trimtab.cost.spend.owners import Owners
from trimtab.cost.spend.port import SpendSource

__all__ = [
    "GROUPINGS",
    "BilledLine",
    "Charge",
    "ChargeKind",
    "Charges",
    "Owners",
    "SpendDocument",
    "SpendSource",
    "document",
]
