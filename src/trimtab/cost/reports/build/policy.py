"""Findings and waivers, from the files that the policy side writes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from trimtab.cost.reports.model import Policy, PolicyLine, WaiverLine
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SEVERITIES = ("critical", "high", "medium", "low", "info")


def policy(findings: Iterable[Mapping[str, Any]]) -> Policy:
    """Read findings, gravest first, waived ones last."""
    lines = [_finding(one) for one in findings]
    return Policy(findings=tuple(sorted(lines, key=lambda one: (one.waived, _rank(one.severity), one.rule, one.urn))))


def _finding(one: Mapping[str, Any]) -> PolicyLine:
    waived = one.get("waived")
    return PolicyLine(
        rule=str(one.get("rule", "")),
        severity=str(one.get("severity", "")),
        urn=str(one.get("urn", "")),
        message=str(one.get("message", "")),
        remedy=str(one.get("remedy", "")),
        waived=waived is not None,
        waiver_expires=str(waived.get("expires", "")) if waived else "",
    )


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def waivers(entries: Iterable[Mapping[str, Any]], today: date) -> tuple[WaiverLine, ...]:
    """Read waivers, the one that expires first at the top.

    Raises:
        UserError: one has no expiry date.
    """
    return tuple(sorted((_waiver(one, today) for one in entries), key=lambda one: (one.expires, one.rule)))


def _waiver(one: Mapping[str, Any], today: date) -> WaiverLine:
    written = one.get("expires")
    try:
        expires = written if isinstance(written, date) else date.fromisoformat(str(written))
    except ValueError:
        raise UserError(
            f"waiver of {one.get('rule', '(no rule)')}: expires = {written!r} is no date; allowed: 2026-12-31",
            remedy="give the waiver an expiry date.",
        ) from None
    return WaiverLine(
        rule=str(one.get("rule", "")),
        resource=str(one.get("resource", "")),
        owner=str(one.get("owner", "")),
        reason=str(one.get("reason", "")),
        expires=expires,
        days_left=(expires - today).days,
    )
