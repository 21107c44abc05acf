"""What is said of a subject that nothing was measured of."""

from __future__ import annotations

from collections.abc import Callable

from trimtab.cost.model import Abstained, AbstentionCode, Savings, Unmeasured
from trimtab.cost.model.reduced import Group, Reduced

SavingOf = Callable[[Group, float, float, float], Savings]
"""Money of a group when (advised, lowest, highest) share of its cost is saved."""

_REASON = "no usable sample of a metric that this kind is sized by"


def no_samples(group: Group, reduced: Reduced, strategy: str) -> Abstained:
    """Withhold advice for want of samples, with what was broken in those that came."""
    defects = tuple(defect for member in group.members for defect in reduced.by_resource.get(member.resource_id, ()))
    return Abstained(
        subject=group.subject,
        code=AbstentionCode.NO_SAMPLES,
        reason=_REASON,
        strategy=strategy,
        utilisation=Unmeasured(subject=group.subject, members=group.members, reason=_REASON, defects=defects),
    )
