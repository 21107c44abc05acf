"""What somebody has to look at now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.reports.words import moment, money, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.reports.model import Anomaly, Report

SOON_DAYS = 14
"""A waiver that expires within two weeks needs its owner now: a fix has to pass a review and a release."""
GRAVE = ("critical", "high")


def alerts(report: Report) -> tuple[str, ...]:
    """Say it in one sentence each, gravest first; nothing where all is well."""
    return (*_unread(report), *_unusual(report), *_expiring(report), *_open(report))


def _unread(report: Report) -> Iterator[str]:
    for one in report.members:
        if one.status == "failed":
            yield f"{one.name} could not be read and is in no sum: {one.reason}."


def _unusual(report: Report) -> Iterator[str]:
    for one in report.outlook.anomalies:
        yield f"{deviation(one, report.currency)}{''.join(f': {cause.text}' for cause in one.causes[:1])}{_who(one)}."


def deviation(one: Anomaly, currency: str) -> str:
    """Say what, how much and since when."""
    amount, way = money(abs(one.excess), currency), "more" if one.excess > 0 else "less"
    span = f"since {moment(one.since)}" if one.ongoing else f"from {moment(one.since)} to {moment(one.until)}"
    return f"{one.subject} cost {amount} {way} than usual {span}"


def _who(one: Anomaly) -> str:
    return f" ({one.causes[0].who})" if one.causes and one.causes[0].who else ""


def _expiring(report: Report) -> Iterator[str]:
    for one in report.waivers or ():
        if one.days_left < SOON_DAYS:
            when = f"expired on {one.expires}" if one.days_left < 0 else f"expires in {plural(one.days_left, 'day')}"
            owner = f"; {one.owner} answers for it" if one.owner else ""
            yield f"The waiver of {one.rule} on {one.resource} {when}{owner}."


def _open(report: Report) -> Iterator[str]:
    grave = [one for one in report.policy.findings if not one.waived and one.severity in GRAVE] if report.policy else []
    if grave:
        are = "is" if len(grave) == 1 else "are"
        yield f"{plural(len(grave), 'policy finding')} of severity {' or '.join(GRAVE)} {are} open."
