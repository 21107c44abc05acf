"""A small platform's worth of the analyser's values, for reports and guards: fixed, and easy to reason about."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trimtab.cost.model import (
    Abstained,
    AbstentionCode,
    AdviceDocument,
    BackTest,
    Change,
    Defect,
    FleetTarget,
    Held,
    HeldCode,
    HourOfWeek,
    Owner,
    Price,
    Pricing,
    Recommendation,
    Replicas,
    Resource,
    Saving,
    SpecEdit,
    Subject,
    TracePoint,
    Unmeasured,
    Unpriced,
    Utilisation,
    Verdict,
    Verification,
    WorstMoment,
)
from trimtab.cost.model.journal import (
    Begun,
    Closed,
    ConfigEdit,
    Done,
    Outcome,
    Planned,
    Replacement,
    Run,
    Step,
    Verified,
)
from trimtab.cost.model.verification import Check, Realised
from trimtab.cost.reports.build import Inputs, Week
from trimtab.cost.reports.causes import Commit
from trimtab.cost.reports.history import DAYS, UnitHistory
from trimtab.spec.sizing import SizingField

if TYPE_CHECKING:
    from collections.abc import Sequence

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
FIRST = datetime(2026, 11, 9, tzinfo=UTC)
PRICED = date(2026, 11, 1)


def resource(name: str, *, kind: str = "sagemaker-endpoint", count: int = 4, team: str = "fraud") -> Resource:
    """An endpoint or pool with a field that may be set."""
    path = "servingEndpoints[0].capacity.maxInstances" if kind == "sagemaker-endpoint" else "trainingPools[0].maxNodes"
    field = SizingField(
        name=path.rsplit(".", 1)[1],
        spec_path=path,
        unit="instances",
        current=count,
        allowed=tuple(range(1, 2 * count + 1)),
    )
    return Resource(
        resource_id=name,
        kind=kind,
        instance_type="ml.g5.xlarge" if kind == "sagemaker-endpoint" else "p4d.24xlarge",
        region="eu-west-1",
        count=count,
        owner=Owner(team=team, cost_center="CC-1042", environment="prod", model=name),
        component=name,
        source_position="stacks/__main__.py#12",
        fields=(field,),
    )


def price(hourly: str = "1.408") -> Price:
    return Price(hourly=Decimal(hourly), source="AWS Price List", as_of=PRICED)


def utilisation(one: Resource, *, busy: float = 0.3) -> Utilisation:
    """Two weeks of office hours at `busy` of capacity at most."""
    capacity = float(one.count)
    hours = tuple(
        HourOfWeek(
            hour=hour, mean=busy * capacity * _shape(hour), peak=busy * capacity * _shape(hour) * 1.2, samples=24
        )
        for hour in range(168)
    )
    return Utilisation(
        subject=Subject(resource_id=one.resource_id), members=(one,), metric="gpu_utilization_percent",
        unit="instances",
        capacity=capacity, first=FIRST, last=NOW, samples=4032, step_minutes=5, coverage=1.0,
        mean=sum(hour.mean for hour in hours) / 168, p95=busy * capacity * 0.95, peak=busy * capacity * 1.2,
        peak_at=FIRST + timedelta(hours=14), hours=hours,
    )  # fmt: skip


def _shape(hour: int) -> float:
    weekday = hour // 24 < 5
    return (0.15 + 0.85 * math.exp(-0.5 * ((hour % 24 - 14) / 3.5) ** 2)) * (1.0 if weekday else 0.3)


def recommendation(one: Resource, after: int, *, busy: float = 0.3, trace: bool = True) -> Recommendation:
    """Advice to run `after` units of `one` at most."""
    used = utilisation(one, busy=busy)
    before = Decimal(one.count) * price().hourly * 730
    now = Decimal(after) * price().hourly * 730
    (field,) = one.fields
    assert field.spec_path
    points = tuple(
        TracePoint(at=FIRST + timedelta(hours=hour), demand=busy * one.count * _shape(hour % 168) * 1.1, capacity=after)
        for hour in range(0, 336, 4)
    )
    return Recommendation(
        subject=used.subject,
        reason=f"the busiest 5 minutes of two weeks needed {used.peak:.1f} of {one.count} instances",
        target=FleetTarget(replicas=Replicas(min=1, max=after)),
        strategy="trimtab",
        utilisation=used,
        back_test=BackTest(
            method="walk-forward, 6 folds", samples=4032, saving=1 - after / one.count, saving_low=0.2, saving_high=0.6,
            violation=0.0012, budget=0.005, worst=WorstMoment(at=NOW, demand=1.9, capacity=after),
            trace=points if trace else (),
        ),
        savings=Saving(
            monthly_before=before, monthly_after=now, monthly_low=(before - now) * Decimal("0.9"),
            monthly_high=(before - now) * Decimal("1.1"), price=price(),
        ),
        edits=(
            SpecEdit(name=field.name, spec_path=field.spec_path, unit=field.unit, before=one.count, after=after),
        ),
        cautions=("the load rose by 8 % in the second week",),
    )  # fmt: skip


def abstained(one: Resource) -> Abstained:
    return Abstained(
        subject=Subject(resource_id=one.resource_id), code=AbstentionCode.NO_SAMPLES, strategy="trimtab",
        reason="no sample was found: the endpoint may publish no metrics",
        utilisation=Unmeasured(
            subject=Subject(resource_id=one.resource_id), members=(one,), reason="no sample was found"
        ),
    )  # fmt: skip


def run(change: Change, *, realised: str | None = "1027.84", outcome: Outcome = Outcome.KEPT) -> Run:
    """A finished run."""
    at = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
    until = at + timedelta(minutes=30)
    verification = Verification(
        change=change, verdict=Verdict.KEPT, reason="all checks passed", since=at, until=until, samples=30,
        violation=0.0, budget=0.005,
        checks=(Check(name="saturation", passed=True, seen="0 of 30 samples at or over 100 %; 0.5 % are allowed"),),
    )  # fmt: skip
    if realised is not None:
        told = Realised(monthly=Decimal(realised), units=3, seen="3 units run on average, 4 did before")
        verification = verification.model_copy(update={"realised": told})
    return Run(
        planned=Planned(
            run="20261118T090000Z-ab12", stack="prod", at=at, author="mara@build-7", changes=(change,),
            config=ConfigEdit(path="stacks/Pulumi.prod.yaml", before="0" * 64, after="1" * 64,
                              replacements=(Replacement(start=10, old="4", new="3"),)),
            watch_seconds=1800,
        ),
        events=(
            Begun(step=Step.UP, at=at), Done(step=Step.UP, at=at), Verified(at=until, verifications=(verification,)),
            Closed(at=until, outcome=outcome, reason="all checks passed"),
        ),
    )  # fmt: skip


SURGE = datetime(2026, 11, 23, 8, tzinfo=UTC)
"""From then on chat-llm runs twice as many instances as usual."""


def history(until: datetime = NOW) -> UnitHistory:
    """Nine weeks: office hours, noise of one instance, a pool smaller at weekends; one surge in the last week."""
    hours = DAYS * 24
    start = pd.Timestamp(until).tz_convert(None) - pd.Timedelta(hours=hours)
    at = pd.date_range(start, periods=hours, freq="h")
    busy = ((at.day_of_week < 5) & (at.hour >= 8) & (at.hour < 20)).astype(float)
    noise = np.random.default_rng(7).integers(0, 2, hours)
    chat = 3 + 2 * busy + noise
    chat[at >= pd.Timestamp(SURGE).tz_convert(None)] *= 2
    pool = np.where(at.day_of_week < 5, 2.0, 1.0)
    units = {"fraud-scorer": np.full(hours, 4.0), "chat-llm": chat, "nightly-pool": pool}
    answers = {"fraud-scorer": np.full(hours, 36_000.0), "chat-llm": 900.0 * chat}
    return UnitHistory(start, units, "instances in service, from CloudWatch", answers)


@dataclass(frozen=True)
class OneCommit:
    """A history with one commit, a day before the surge."""

    config: str = "stacks/Pulumi.prod.yaml"

    def between(self, since: datetime, until: datetime) -> Sequence[Commit]:
        at = SURGE - timedelta(hours=20)
        before = {"servingEndpoints": [{"name": "chat-llm", "capacity": {"minInstances": 3, "maxInstances": 6}}]}
        after = {"servingEndpoints": [{"name": "chat-llm", "capacity": {"minInstances": 6, "maxInstances": 12}}]}
        commit = Commit("9f1c0a7e5b21", "Mara Lind", at, "Room for the launch", (self.config,), before, after)
        return (commit,) if since <= at <= until else ()


def inputs() -> Inputs:
    """A report's worth: two pieces of advice, one held, one abstained, one change that was kept."""
    fraud, chat = resource("fraud-scorer"), resource("chat-llm", count=8, team="assist")
    pool = resource("nightly-pool", kind="gpu-training-pool", count=2, team="research")
    quiet = resource("old-endpoint", count=1, team="")
    advice = (
        recommendation(fraud, 2), recommendation(chat, 5, busy=0.55), recommendation(pool, 1, trace=False),
        abstained(quiet),
    )  # fmt: skip
    held = Held(advice=advice[2], code=HeldCode.BLAST_RADIUS, reason="it is 62 % of the spend; 50 % may change at once")
    earlier = recommendation(resource("embedder"), 3)
    prices: dict[str, Pricing] = {
        "fraud-scorer": price(), "chat-llm": price(), "nightly-pool": price("32.7726"),
        "old-endpoint": Unpriced(reason="ml.old.xlarge is in no price list"),
    }  # fmt: skip
    return Inputs(
        stack="prod", platform="atlas", environment="prod", week=Week.of(NOW), generated=NOW,
        advice=AdviceDocument(
            created=NOW, until=NOW, strategy="trimtab", advice=advice,
            defects=(Defect(code="duplicate", count=12, repair="the highest sample of a moment is kept"),),
        ),
        prices=prices, held=(held,), runs=(run(Change(advice=earlier, edits=earlier.edits)),), budget=Decimal(80000),
        findings=(
            {"rule": "ecr-immutable-tags", "severity": "high", "urn": "urn:pulumi:prod::trimtab::aws:ecr::images",
             "message": "tags can be overwritten.", "remedy": "set imageTagMutability to IMMUTABLE.", "waived": None},
            {"rule": "s3-versioning", "severity": "medium", "urn": "urn:pulumi:prod::trimtab::aws:s3::scratch",
             "message": "versions are not kept.", "remedy": "enable versioning.", "waived": {"expires": "2026-12-01"}},
        ),
        waivers=(
            {"rule": "s3-versioning", "resource": "scratch", "reason": "scratch data <only>", "owner": "mara",
             "expires": "2026-12-01"},
        ),
        history=history(), commits=OneCommit(), account="123456789012",
    )  # fmt: skip
