"""`trimtab cost report --organisation`: one member of it after the other's example, all at once."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.cli.cost.report_history import history_of_account
from trimtab.cli.cost.report_stack import inputs_of
from trimtab.cost.apply.config.project import Project
from trimtab.cost.apply.journal import JournalFolder
from trimtab.cost.pipeline import recommend
from trimtab.cost.reports.organisation import Organisation, gather, rollup, session_of
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sources.cloudwatch import CloudWatch
from trimtab.cost.sources.engine import connect
from trimtab.cost.sources.prometheus import Access, Prometheus
from trimtab.cost.sources.several import CloudAndCluster
from trimtab.cost.sources.stack_state import StackState
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from trimtab.cost.prices.port import PriceBook
    from trimtab.cost.reports import Inputs, Report
    from trimtab.cost.reports.build import Week
    from trimtab.cost.reports.organisation import Member
    from trimtab.cost.sources.cloudwatch import MetricClient

_EXPORT_SECONDS = 120


@dataclass(frozen=True)
class Reader:
    """Reads a member's stack.

    Attributes:
        days: history that advice is worked out from.
        now: the moment of the whole report, so that all histories end in the same hour.
    """

    organisation: Organisation
    week: Week
    now: datetime
    days: int
    book: PriceBook

    def read(self, member: Member) -> Inputs:
        """Return what a report of the member is made of.

        Raises:
            UserError: its files cannot be read.
            WorldError: its account, engine or cluster cannot be reached.
        """
        folder = self.organisation.path(member.project)
        project = Project.around(folder)
        file = project.stack_file(member.stack)
        until = min(self.week.until, self.now)
        client_of = _clients(member)
        access = Access.of(member.prometheus_url, (), None) if member.prometheus_url else None
        resources = self._state(member, folder).resources()
        connection = connect()
        source: Any = CloudWatch(connection, client_of, self.days, self.now)
        if access is not None:
            source = CloudAndCluster(source, Prometheus(connection, access, self.days))
        document = recommend(
            resources, source, self.book, STRATEGIES["trimtab"],
            until=until if until < self.now else None, now=self.now,
        )  # fmt: skip
        return inputs_of(
            member.stack,
            file,
            JournalFolder.of(project.folder, member.stack),
            week=self.week,
            now=self.now,
            document=document,
            book=self.book,
            history=history_of_account(resources, client_of, access, until),
            policy=self._optional(member.policy),
            waivers=self._optional(member.waivers),
        )

    def _optional(self, text: str) -> Path | None:
        return self.organisation.path(text) if text else None

    def _state(self, member: Member, folder: Path) -> StackState:
        return StackState.from_file(self.organisation.path(member.state)) if member.state else _exported(member, folder)


def report_of(organisation: Organisation, week: Week, now: datetime, *, days: int, book: PriceBook) -> Report:
    """Read all members and make their report.

    Raises:
        WorldError: none could be read.
    """
    reader = Reader(organisation, week, now, days, book)
    outcomes = gather(organisation.members, reader.read, currency=organisation.currency)
    return rollup(organisation, outcomes, week, now)


def _clients(member: Member) -> Callable[[str], MetricClient]:
    session = session_of(member)

    def client(region: str) -> MetricClient:
        made: MetricClient = session.client("cloudwatch", region_name=region or member.region or None)
        return made

    return client


def _exported(member: Member, folder: Path) -> StackState:
    """Ask the engine in the member's own folder."""
    command = ["pulumi", "stack", "export", "--stack", member.stack, "--non-interactive"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_EXPORT_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise WorldError(
            f"pulumi stack export --stack {member.stack}: {error}",
            remedy="install pulumi, or name an exported state in the member's `state`.",
        ) from error
    if done.returncode:
        first = next((line.strip() for line in done.stderr.splitlines() if line.strip()), "no message")
        raise WorldError(
            f"pulumi stack export --stack {member.stack}: {first}",
            remedy="check the stack's name and its backend's credentials.",
        )
    return StackState.from_text(done.stdout, f"stack {member.stack}")
