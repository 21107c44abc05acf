"""Savings Plans and reserved nodes for what remains after advice."""

from __future__ import annotations

from trimtab.cost.commitments.advise import commitments
from trimtab.cost.commitments.model import Commitment, CommitmentsDocument, NotAdvised, UnpricedUsage
from trimtab.cost.commitments.plans import PAYMENTS, PLANS, TERMS, Offer
from trimtab.cost.commitments.remaining import share_kept

__all__ = [
    "PAYMENTS",
    "PLANS",
    "TERMS",
    "Commitment",
    "CommitmentsDocument",
    "NotAdvised",
    "Offer",
    "UnpricedUsage",
    "commitments",
    "share_kept",
]
