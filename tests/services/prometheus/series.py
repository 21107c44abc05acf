"""Series in promtool's notation: `START+STEPxSAMPLES`, a sample a minute."""

from __future__ import annotations

from dataclasses import dataclass

Recorded = dict[str, str]
"""Series → its values."""
SAMPLES = 900


@dataclass(frozen=True)
class Case:
    """Series in which an alert fires, and the nearest ones in which it does not.

    Attributes:
        fires: with them it has one firing alert for each of `alerts`.
        quiet: with any of them it has none, pending ones neither.
        at: when it is asked, as a duration since the first sample.
        alerts: how many fire.
    """

    fires: Recorded
    quiet: tuple[Recorded, ...]
    at: str = "3h"
    alerts: int = 1


def level(value: float, samples: int = SAMPLES) -> str:
    """A gauge that stays."""
    return f"{value}x{samples}"


def grows(per_minute: float, samples: int = SAMPLES) -> str:
    """A counter that grows evenly."""
    return f"0+{per_minute}x{samples}"


def grew(per_minute: float, minutes: int) -> str:
    """A counter that grew evenly and then stands still."""
    return f"0+{per_minute}x{minutes} {per_minute * minutes}x{SAMPLES - minutes}"


def buckets(metric: str, labels: str, bounds: dict[str, float]) -> Recorded:
    """The buckets of a histogram: upper bound → observations a minute up to it."""
    return {f'{metric}_bucket{{{labels}, le="{bound}"}}': grows(rate) for bound, rate in bounds.items()}
