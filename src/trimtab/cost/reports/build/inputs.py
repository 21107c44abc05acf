"""What a report is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from trimtab.cost.reports.causes.port import NoCommits
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from trimtab.cost.commitments import CommitmentsDocument
    from trimtab.cost.model import AdviceDocument, Held, Pricing
    from trimtab.cost.model.journal import Run
    from trimtab.cost.reports.causes import Commits
    from trimtab.cost.reports.history import UnitHistory
    from trimtab.cost.spend import Charges, Owners

_WEEK = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True)
class Week:
    """An ISO 8601 week, Monday 0 h to Monday 0 h UTC."""

    name: str
    since: datetime
    until: datetime

    @classmethod
    def named(cls, text: str) -> Week:
        """Read `2026-W47`.

        Raises:
            UserError: it is no ISO week.
        """
        found = _WEEK.fullmatch(text)
        try:
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
        except ValueError:
            monday = None
        if monday is None:
            raise UserError(
                f"--week {text}: is no ISO week; allowed: a year and a week, 2026-W47",
                remedy="name the week, or leave --week out for the newest one.",
            )
        since = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
        return cls(text, since, since + timedelta(days=7))

    @classmethod
    def of(cls, moment: datetime) -> Week:
        """Return the week that yesterday lies in: on a Monday the one that has just ended."""
        year, week, _ = (moment.astimezone(UTC) - timedelta(days=1)).isocalendar()
        return cls.named(f"{year}-W{week:02d}")


@dataclass(frozen=True)
class Bill:
    """What was billed, and who answers for what in it."""

    charges: Charges
    owners: Owners


@dataclass(frozen=True)
class Inputs:
    """Everything that a report shows, before it is put in order.

    Attributes:
        advice: what is advised, with the usage behind it.
        prices: hourly price of one unit by resource id.
        held: advice that the guards hold back.
        runs: every run of the stack's journal, oldest first.
        findings: the `findings` of `trimtab policy check --format json`; None: not given.
        waivers: the entries of the waiver file; None: not given.
        budget: what the platform may cost in a month; None: it does not say.
        history: units by hour until now; None: not asked for.
        commits: what people changed.
        bill: what was billed in the week; None: not given.
        commitments: what to commit to; None: not given.
        account: the AWS account it runs in; empty: not known.
        commits_of, accounts: the same by subject, where a roll-up's subjects differ.
    """

    stack: str
    platform: str
    environment: str
    week: Week
    generated: datetime
    advice: AdviceDocument
    prices: Mapping[str, Pricing]
    held: tuple[Held, ...] = ()
    runs: tuple[Run, ...] = ()
    findings: tuple[Mapping[str, Any], ...] | None = None
    waivers: tuple[Mapping[str, Any], ...] | None = None
    budget: Decimal | None = None
    currency: str = "USD"
    history: UnitHistory | None = None
    commits: Commits = field(default_factory=NoCommits)
    account: str = ""
    commits_of: Mapping[str, Commits] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    bill: Bill | None = None
    commitments: CommitmentsDocument | None = None
    notes: tuple[str, ...] = field(default=())
