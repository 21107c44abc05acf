"""What a change really saves, from what the cloud runs after it; pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.model import Saving
from trimtab.cost.model.verification import Realised, Unrealised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.apply.watch.port import Units
    from trimtab.cost.model import Change
    from trimtab.cost.model.verification import Realisation

_CENT = Decimal("0.01")


def realised(change: Change, units: Sequence[Units]) -> Realisation:
    """Compare what runs now with what was paid for before.

    A change of count saves the price of the units that do not run any more, against what the advice took as paid for;
    a change of type saves what it promised once the cloud runs that type.
    """
    saving = change.advice.savings
    if not isinstance(saving, Saving):
        return Unrealised(reason=f"no price: {saving.reason}")
    if not units:
        return Unrealised(reason="what runs cannot be asked for this kind")
    settled = units[len(units) // 2 :]  # An autoscaler needs part of the watch to come down to the new floor.
    running = sum(one.running for one in settled) / len(settled)
    wanted = next((edit.after for edit in change.edits if edit.unit == "instanceType"), None)
    if wanted is not None:
        there = all(one.instance_type == wanted for one in units)
        told = f"{units[-1].instance_type or 'an unknown type'} runs, {wanted} was wanted"
        return Realised(monthly=saving.monthly if there else Decimal(0), units=running, seen=told)
    now = saving.price.monthly * Decimal(str(running))
    before = saving.monthly_before / saving.price.monthly if saving.price.monthly else Decimal(0)
    return Realised(
        monthly=(saving.monthly_before - now).quantize(_CENT),
        units=running,
        seen=f"{running:g} units ran on average, {float(before):.3g} were paid for before",
    )
