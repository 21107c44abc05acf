"""Advice as CSV: a row a subject, in the order of the table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from trimtab.cli.cost.advice_rows import by_owner
from trimtab.cost.model import Recommendation, Saving
from trimtab.cost.sizing.words import said

if TYPE_CHECKING:
    from trimtab.cost.model import Advice, AdviceDocument

COLUMNS = (
    "owner", "cost_center", "subject", "kind", "region", "instance_type", "status", "code", "advice", "reason",
    "currency", "monthly_before", "monthly_after", "monthly_saving", "monthly_saving_low", "monthly_saving_high",
    "unpriced", "saving_share", "violation_share", "violation_budget", "samples", "cautions",
)  # fmt: skip
"""Money is of a month of 730 hours, at list price; shares are of 1."""


def advice_csv(document: AdviceDocument) -> str:
    """Write it, RFC 4180 with plain line ends; the last one is the writer's to add."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for group in by_owner(document):
        writer.writerows(_row(advice) for advice in group.rows)
    return text.getvalue().rstrip("\n")


def _row(advice: Advice) -> dict[str, object]:
    lead = advice.lead
    common: dict[str, object] = {
        "owner": lead.owner.team, "cost_center": lead.owner.cost_center, "subject": advice.subject.name,
        "kind": lead.kind, "region": lead.region, "instance_type": lead.instance_type, "status": advice.status,
        "reason": advice.reason,
    }  # fmt: skip
    return {**common, **(_advised(advice) if isinstance(advice, Recommendation) else {"code": advice.code.value})}


def _advised(advice: Recommendation) -> dict[str, object]:
    test = advice.back_test
    return {
        "advice": said(advice),
        "saving_share": test.saving,
        "violation_share": test.violation,
        "violation_budget": test.budget,
        "samples": test.samples,
        "cautions": "; ".join(advice.cautions),
        **(_money(advice.savings) if isinstance(advice.savings, Saving) else {"unpriced": advice.savings.reason}),
    }


def _money(saving: Saving) -> dict[str, object]:
    return {
        "currency": saving.price.currency,
        "monthly_before": saving.monthly_before,
        "monthly_after": saving.monthly_after,
        "monthly_saving": saving.monthly,
        "monthly_saving_low": saving.monthly_low,
        "monthly_saving_high": saving.monthly_high,
    }
