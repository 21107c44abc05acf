"""Read every kind of an account, ask for its use, and judge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from trimtab.cost.account.finding import Finding, Saves, ScanDocument, Unread
from trimtab.cost.account.metrics import used
from trimtab.cost.model import Owner, Unpriced
from trimtab.cost.prices.items import monthly, source
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from trimtab.cost.account.base import AccountKind, ClientOf, Found, Use, Verdict
    from trimtab.cost.prices.port import PriceBook

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Scan:
    """How an account is read.

    Attributes:
        days: the span over which something must not have been used.
        now: its end.
        tell: hears what is being read.
    """

    client_of: ClientOf
    prices: PriceBook
    days: int
    now: datetime
    tell: Callable[[str], None] = lambda _: None

    @classmethod
    def from_environment(cls, prices: PriceBook, days: int, tell: Callable[[str], None]) -> Scan:
        """Use boto3's own configuration (credentials, AWS_ENDPOINT_URL) and its adaptive retries."""
        config = Config(retries={"mode": "adaptive", "max_attempts": 8})

        def client(service: str, region: str) -> Any:
            made: Any = boto3.client(service, region_name=region or None, config=config)  # type: ignore[call-overload]  # any service
            return made

        return cls(client, prices, days, datetime.now(tz=UTC), tell)


def scan(how: Scan, kinds: Iterable[AccountKind], regions: Sequence[str]) -> ScanDocument:
    """Judge every resource of the kinds in the regions, the largest saving first.

    A kind that may not be read is named and the others are read on: an account often lets one see a part of it.

    Raises:
        WorldError: not one kind could be read.
    """
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    unread: list[Unread] = []
    read = 0
    for kind in kinds:
        for region in regions:
            how.tell(f"{kind.title}, {region}")
            try:
                found, judged = _of_kind(how, kind, region)
            except (BotoCoreError, ClientError) as error:
                unread.append(Unread(kind=kind.id, region=region, reason=str(error)))
                continue
            read += 1
            seen[kind.id] = seen.get(kind.id, 0) + found
            findings += judged
    if unread and not read:
        raise WorldError(
            f"no kind could be read: {unread[0].kind} in {unread[0].region}: {unread[0].reason}",
            remedy="check credentials and region; `trimtab cost waste --permissions` prints what is read.",
        )
    return ScanDocument(
        created=how.now,
        days=how.days,
        regions=tuple(regions),
        seen=seen,
        findings=tuple(sorted(findings, key=_rank)),
        unread=tuple(unread),
    )


def _rank(finding: Finding) -> tuple[int, Decimal, str, str]:
    known = isinstance(finding.savings, Saves)
    money = -finding.savings.monthly if isinstance(finding.savings, Saves) else Decimal(0)
    return (0 if known else 1, money, finding.kind, finding.resource_id)


def _of_kind(how: Scan, kind: AccountKind, region: str) -> tuple[int, list[Finding]]:
    found = list(kind.read(how.client_of, region))
    born = how.now - timedelta(days=how.days)
    old = [one for one in found if not (kind.ages and one.created and one.created > born)]
    uses = used(kind, old, how.client_of, region, days=how.days, now=how.now)
    judged = ((one, kind.judge(one, uses.get(one.id, {}))) for one in old)
    return len(found), [_finding(how, kind, one, verdict, uses.get(one.id, {})) for one, verdict in judged if verdict]


def _finding(how: Scan, kind: AccountKind, one: Found, verdict: Verdict, use: Use) -> Finding:
    return Finding(
        kind=kind.id,
        resource_id=one.id,
        region=one.region,
        owner=Owner(
            team=one.tags.get("Team", ""),
            cost_center=one.tags.get("CostCenter", ""),
            environment=one.tags.get("Environment", ""),
            model=one.tags.get("Model", ""),
        ),
        action=verdict.action,
        changes=dict(verdict.changes),
        reason=verdict.because,
        savings=_savings(how, one.region, verdict),
        facts=dict(one.facts),
        samples={name: metric.samples for name, metric in use.items()},
        cautions=verdict.cautions,
    )


def _savings(how: Scan, region: str, verdict: Verdict) -> Saves | Unpriced:
    if verdict.unpriced:
        return Unpriced(reason=verdict.unpriced)
    before, after = (monthly(charges, region, how.prices) for charges in (verdict.before, verdict.after))
    if isinstance(before, Unpriced):
        return before
    if isinstance(after, Unpriced):
        return after
    return Saves(monthly_before=before.quantize(_CENT), monthly_after=after.quantize(_CENT), source=source())
