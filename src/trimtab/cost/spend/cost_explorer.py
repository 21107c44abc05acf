"""AWS Cost Explorer: GetCostAndUsage, page by page, by service and one tag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from trimtab.cost.spend.charge import Basis, Charge, ChargeKind, Charges
from trimtab.cost.spend.dialects import CUR2
from trimtab.cost.spend.tags import folded
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Cost Explorer is one service for all regions, and answers from here.
_API_REGION = "us-east-1"
_DAYS = 30
"""Days that are read where no time is asked for."""
_METRICS: dict[Basis, str] = {"billed": "NetUnblendedCost", "effective": "NetAmortizedCost"}
_USAGE = [name for name, kind in CUR2.kinds.items() if kind is ChargeKind.USAGE]


class CostExplorerClient(Protocol):
    """The one call of boto3's `ce` client that is used."""

    def get_cost_and_usage(self, **request: Any) -> dict[str, Any]:
        """Return costs by group and day, a page at a time."""
        ...


@dataclass(frozen=True)
class CostExplorer:
    """Spend from Cost Explorer, which knows services and tags but no resource.

    Attributes:
        tag: the cost allocation tag that usage is grouped by; empty: none.
        now: the end where none is asked for.
    """

    client: CostExplorerClient
    tag: str
    basis: Basis
    now: datetime

    @classmethod
    def from_environment(cls, tag: str, basis: Basis) -> CostExplorer:
        """Use boto3's own configuration and its adaptive retries."""
        config = Config(retries={"mode": "adaptive", "max_attempts": 8})
        client: CostExplorerClient = boto3.client("ce", region_name=_API_REGION, config=config)
        return cls(client, tag, basis, datetime.now(tz=UTC))

    def charges(self, since: datetime | None, until: datetime | None) -> Charges:
        """Read usage by service and tag, and all else by what it is for; days are whole.

        Raises:
            UserError: the time holds no whole day.
            WorldError: Cost Explorer cannot be reached or refuses.
        """
        end = _midnight(until or self.now)
        begin = _midnight(since) if since else end - timedelta(days=_DAYS)
        if begin >= end:
            raise UserError(
                f"--from {begin:%Y-%m-%d}: holds no whole day before {end:%Y-%m-%d}, and Cost Explorer counts days",
                remedy="ask for at least one whole day.",
            )
        usage: dict[str, Any] = {"Dimensions": {"Key": "RECORD_TYPE", "Values": _USAGE}}
        by_service = {"Type": "DIMENSION", "Key": "SERVICE"}
        tag = [{"Type": "TAG", "Key": self.tag}] if self.tag else []
        days = [
            *self._days(begin, end, usage, [by_service, *tag]),
            *self._days(begin, end, {"Not": usage}, [by_service, {"Type": "DIMENSION", "Key": "RECORD_TYPE"}]),
        ]
        estimated = any(day.get("Estimated") for day in days)
        return Charges(
            charges=tuple(_added(charge for day in days for charge in self._of_day(day))),
            origin="AWS Cost Explorer",
            basis=self.basis,
            since=begin,
            until=end,
            notes=("AWS still estimates some of these days; the invoice is not final",) if estimated else (),
        )

    def _days(
        self, begin: datetime, end: datetime, only: dict[str, Any], groups: list[dict[str, str]]
    ) -> Iterator[Any]:
        request: dict[str, Any] = {
            "TimePeriod": {"Start": f"{begin:%Y-%m-%d}", "End": f"{end:%Y-%m-%d}"},
            "Granularity": "DAILY",
            "Metrics": [_METRICS[self.basis]],
            "GroupBy": groups,
            "Filter": only,
        }
        token = None
        try:
            while True:
                answer = self.client.get_cost_and_usage(**request, **({"NextPageToken": token} if token else {}))
                yield from answer["ResultsByTime"]
                token = answer.get("NextPageToken")
                if not token:
                    return
        except (BotoCoreError, ClientError) as error:
            raise WorldError(
                f"Cost Explorer: {error}",
                remedy="check credentials and ce:GetCostAndUsage, and that Cost Explorer is enabled in the account.",
            ) from error

    def _of_day(self, day: dict[str, Any]) -> Iterator[Charge]:
        for group in day["Groups"]:
            service, second = (*group["Keys"], "")[:2]
            amount = group["Metrics"][_METRICS[self.basis]]
            tag, mark, value = second.partition(
                "$"
            )  # a tag's value is written `Component$scorer`, none as `Component$`
            kind = ChargeKind.USAGE if mark or not second else CUR2.kinds.get(second, ChargeKind.OTHER)
            yield Charge(
                resource_id="",
                service=service,
                kind=kind,
                currency=amount["Unit"],
                amount=Decimal(amount["Amount"]),
                tags={folded(tag): value} if mark and value else {},
            )


def _added(charges: Iterator[Charge]) -> Iterator[Charge]:
    """Add days up."""
    sums: dict[tuple[str, ChargeKind, str, tuple[tuple[str, str], ...]], Charge] = {}
    for one in charges:
        key = (one.service, one.kind, one.currency, tuple(one.tags.items()))
        known = sums.get(key)
        amount = one.amount + known.amount if known else one.amount
        sums[key] = Charge("", one.service, one.kind, one.currency, amount, one.tags)
    yield from sums.values()


def _midnight(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
