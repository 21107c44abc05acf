"""The values that flow through the analyser; each holds the one before it.

```
Resource → Utilisation | Unmeasured → Recommendation | Abstained → Change | Held → Verification
```

Every value is frozen, tells its variant in `status`, and reads back from the JSON it was written to.
"""

from __future__ import annotations

from trimtab.cost.model.advice import (
    Abstained,
    AbstentionCode,
    Advice,
    Autoscale,
    BackTest,
    CandidateResult,
    FleetTarget,
    MachineTarget,
    Recommendation,
    Replicas,
    RequestsTarget,
    Target,
    TracePoint,
    WorstMoment,
)
from trimtab.cost.model.base import HOURS_PER_MONTH, HOURS_PER_WEEK, Model
from trimtab.cost.model.change import Change, Decision, Held, HeldCode
from trimtab.cost.model.documents import AdviceDocument, ChangeDocument, InventoryDocument, UsageDocument
from trimtab.cost.model.edit import SpecEdit
from trimtab.cost.model.price import Price, Pricing, Saving, Savings, Unpriced
from trimtab.cost.model.resource import Owner, Requests, Resource, Subject
from trimtab.cost.model.usage import Defect, HourOfWeek, Measured, Unmeasured, Utilisation
from trimtab.cost.model.verification import Verdict, Verification

__all__ = [
    "HOURS_PER_MONTH",
    "HOURS_PER_WEEK",
    "Abstained",
    "AbstentionCode",
    "Advice",
    "AdviceDocument",
    "Autoscale",
    "BackTest",
    "CandidateResult",
    "Change",
    "ChangeDocument",
    "Decision",
    "Defect",
    "FleetTarget",
    "Held",
    "HeldCode",
    "HourOfWeek",
    "InventoryDocument",
    "MachineTarget",
    "Measured",
    "Model",
    "Owner",
    "Price",
    "Pricing",
    "Recommendation",
    "Replicas",
    "Requests",
    "RequestsTarget",
    "Resource",
    "Saving",
    "Savings",
    "SpecEdit",
    "Subject",
    "Target",
    "TracePoint",
    "Unmeasured",
    "Unpriced",
    "UsageDocument",
    "Utilisation",
    "Verdict",
    "Verification",
    "WorstMoment",
]
