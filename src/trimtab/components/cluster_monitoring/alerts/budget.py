"""Error budgets, watched over several windows at several burn rates.

The Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts": of a budget for 30 days, 2 % in an hour
(14.4 times as fast as it may) or 5 % in six hours (6 times) is a page; 10 % in a day (3 times) or in three days (once)
is a ticket. The short window, a twelfth of the long one, ends the alert soon after the errors end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.components.cluster_monitoring.alerts.model import Alert, Recording
from trimtab.components.cluster_monitoring.servers import error_ratio

if TYPE_CHECKING:
    from trimtab.components.cluster_monitoring.alerts.model import Rule, Severity
    from trimtab.spec.cluster.monitoring import ClusterMonitoring
    from trimtab.spec.cluster.monitoring_objectives import Objective

RECORD = "trimtab:serving_error_ratio:rate"
"""With its window: the share of a model's requests that failed, 0 to 1."""


@dataclass(frozen=True)
class Burn:
    """A pair of windows, and how many times as fast as allowed the budget burns in both."""

    name: str
    long: str
    short: str
    rate: float
    hold: str
    severity: Severity


BURNS = (
    Burn("ErrorBudgetBurnsInHours", "1h", "5m", 14.4, "2m", "page"),
    Burn("ErrorBudgetBurnsInADay", "6h", "30m", 6, "15m", "page"),
    Burn("ErrorBudgetBurnsInDays", "1d", "2h", 3, "1h", "ticket"),
    Burn("ErrorBudgetBurnsOut", "3d", "6h", 1, "3h", "ticket"),
)
WINDOWS = tuple(dict.fromkeys(window for burn in BURNS for window in (burn.short, burn.long)))


def budget_rules(spec: ClusterMonitoring) -> list[Rule]:
    """Return the recordings and alerts of every objective."""
    return [
        *(rule for objective in spec.objectives for rule in _recordings(objective)),
        *(_alert(objective, burn) for objective in spec.objectives for burn in BURNS),
    ]


def _recordings(objective: Objective) -> list[Recording]:
    return [
        Recording(
            RECORD + window,
            error_ratio(objective.server, objective.model, window),
            (objective.server,),
            {"model": objective.model},
        )
        for window in WINDOWS
    ]


def _alert(objective: Objective, burn: Burn) -> Alert:
    most = round(burn.rate * objective.error_budget, 6)
    of = f'{{model="{objective.model}"}}'
    return Alert(
        burn.name,
        f"{RECORD}{burn.long}{of} > {most} and {RECORD}{burn.short}{of} > {most}",
        burn.hold,
        burn.severity,
        "{{ $labels.model }} fails {{ $value | humanizePercentage }} of its requests",
        f"Over {burn.long} and {burn.short} its error budget ({objective.availability_percent:g} % over 30 days) burns "
        f"more than {burn.rate:g} times as fast as it may. Roll the newest version back, or look at its logs.",
        (objective.server,),
        {"model": objective.model},
    )
