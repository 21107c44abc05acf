"""What an account kind must say about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from trimtab.cost.model.base import Scalar
    from trimtab.cost.prices.items import Charge

ClientOf = Callable[[str, str], Any]
"""Makes a boto3 client from a service's name and a region."""

GIB = 2**30
HOURS = 730.0
"""Hours of a month, as the AWS pricing calculator counts them."""


@dataclass(frozen=True)
class Metric:
    """A CloudWatch metric that tells whether something is used.

    Attributes:
        dimensions: dimension → fact that holds its value.
    """

    namespace: str
    name: str
    statistic: Literal["Sum", "Maximum", "Minimum", "Average"]
    dimensions: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """One resource as its service describes it.

    Attributes:
        id: as people know it.
        facts: what the judgement rests on, by name.
        created: when it was made; None: the service does not say.
    """

    id: str
    region: str
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    created: datetime | None = None

    def text(self, name: str) -> str:
        """Return a fact as text; empty where it is not known."""
        return str(self.facts.get(name, ""))

    def number(self, name: str) -> float:
        """Return a fact as a number; 0 where there is none."""
        value = self.facts.get(name, 0)
        return float(value) if isinstance(value, int | float) else 0.0


@dataclass(frozen=True)
class Used:
    """One metric over the span that was asked for, from hourly points.

    Attributes:
        total: sum of the points; `peak` and `least` the highest and lowest one.
        samples: points that were there; 0: the service reported nothing.
        days: the span.
    """

    total: float = 0.0
    peak: float = 0.0
    least: float = 0.0
    samples: int = 0
    days: float = 0.0

    @property
    def monthly(self) -> float:
        """The total of a month of 730 hours at this rate."""
        return self.total / self.days * HOURS / 24 if self.days else 0.0


Use = Mapping[str, Used]
"""By a metric's name; every metric of the kind is there."""


@dataclass(frozen=True)
class Verdict:
    """What should be done about one resource.

    Attributes:
        action: `delete`, `release`, `stop`, `change` or `add`.
        changes: property → value, for `change` and `add`.
        because: the facts, in a sentence.
        before, after: what it costs in a month, and what it would.
        unpriced: why what it saves cannot be said; empty: it can.
    """

    action: Literal["delete", "release", "stop", "change", "add"]
    because: str
    before: tuple[Charge, ...] = ()
    after: tuple[Charge, ...] = ()
    changes: Mapping[str, Scalar] = field(default_factory=dict)
    cautions: tuple[str, ...] = ()
    unpriced: str = ""


@dataclass(frozen=True)
class AccountKind:
    """A kind of resource that is used or is not.

    Attributes:
        found: one sentence: the fact that settles it.
        proposed: one sentence: what is to be done then.
        never_cross: one sentence: what must hold before anything is done.
        permissions: IAM actions that reading it takes (all of them read-only).
        read: lists the resources of one region.
        judge: what should be done; None: nothing.
        metrics: what is asked of CloudWatch before judging.
        ages: whether it must be as old as the span before its use says anything.
    """

    id: str
    title: str
    found: str
    proposed: str
    never_cross: str
    permissions: tuple[str, ...]
    read: Callable[[ClientOf, str], Iterator[Found]]
    judge: Callable[[Found, Use], Verdict | None]
    metrics: tuple[Metric, ...] = ()
    ages: bool = True


def tags_of(raw: Any) -> dict[str, str]:
    """Return tags as a mapping, from AWS's lists of `Key` and `Value` or from a mapping."""
    if isinstance(raw, dict):
        return {str(key): str(value) for key, value in raw.items()}
    return {str(tag["Key"]): str(tag.get("Value", "")) for tag in raw or []}
