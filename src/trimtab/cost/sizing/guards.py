"""When no advice is honest: history, coverage, freshness, level shift, trend; each with its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.cost.model import AbstentionCode

if TYPE_CHECKING:
    from trimtab.cost.model import Utilisation

# A machine's rhythm is the day: less than three days cannot tell a rhythm from an accident.
MACHINE_DAYS = 3.0

# A fleet's demand is a sum, which settles sooner, and a reactive plan follows it; six hours show its bursts.
FLEET_DAYS = 0.25

# An hour of five-minute samples. Fewer samples cannot show one per cent of anything; the budget needs a hundred.
MACHINE_SAMPLES = 100
FLEET_SAMPLES = 100

# Half of the expected samples: below it, what is missing could be the busy half.
COVERAGE = 0.5

# Below it, what is missing deserves a word.
FULL_COVERAGE = 0.9

# A week holds one of each weekday.
WEEK_DAYS = 7.0

# A metric that stopped longer ago than this says nothing about the machine of today.
STALE_DAYS = 7.0


@dataclass(frozen=True)
class History:
    """What is known of a subject's samples.

    Attributes:
        days: from the first sample to the last.
        coverage: share of the expected samples that are there.
        age_days: from the last sample to now.
    """

    days: float
    samples: int
    coverage: float
    age_days: float


def history_of(usage: Utilisation, now: float) -> History:
    """Return what `withheld` looks at; `now` is seconds since 1970."""
    return History(
        days=(usage.last - usage.first).total_seconds() / 86_400,
        samples=usage.samples,
        coverage=usage.coverage,
        age_days=(now - usage.last.timestamp()) / 86_400,
    )


def withheld(history: History, *, least_days: float, least_samples: int) -> tuple[AbstentionCode, str] | None:
    """Return why no advice may be given on this history, or None."""
    if history.samples < least_samples:
        return (
            AbstentionCode.FEW_SAMPLES,
            f"{history.samples} samples; at least {least_samples} are needed to see one per cent of them",
        )
    if history.days < least_days:
        return (
            AbstentionCode.SHORT_HISTORY,
            f"{history.days:.1f} days of history; at least {least_days:g} are needed to see a rhythm",
        )
    if history.coverage < COVERAGE:
        return (
            AbstentionCode.LOW_COVERAGE,
            f"{history.coverage:.0%} of the expected samples are there; at least {COVERAGE:.0%} are needed",
        )
    if history.age_days > STALE_DAYS:
        reason = (
            f"the last sample is {history.age_days:.1f} days older than the newest of the run; "
            f"at most {STALE_DAYS:g} are allowed"
        )
        return AbstentionCode.STALE, reason
    return None


def incomplete(usage: Utilisation, budget: float, allowed: float) -> tuple[str, ...]:
    """Return what a history lacks that is not enough to withhold advice, each beginning with its name.

    Args:
        usage: the load that was judged.
        budget: share of samples that may lie over the capacity.
        allowed: share that may do so on this history, to be sure of the budget.
    """
    found = []
    if usage.coverage < FULL_COVERAGE:
        found.append(f"gaps: {1 - usage.coverage:.0%} of the expected samples are missing")
    days = (usage.last - usage.first).total_seconds() / 86_400
    if days < WEEK_DAYS:
        said = f"short-history: {days:.1f} days: weekends or a monthly peak may not have been seen"
        tighter = f"; of the budget of {budget:.2%} no more than {allowed:.2%} may be spent on so little"
        found.append(said + (tighter if allowed < budget else ""))
    return tuple(found)
