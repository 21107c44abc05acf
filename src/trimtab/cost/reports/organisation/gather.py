"""All members at once; one that fails is named and does not stop the others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.spec.errors import TrimtabError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trimtab.cost.reports.build import Inputs
    from trimtab.cost.reports.organisation.file import Member

AT_ONCE = 8
"""Reading waits for the network; more would only be throttled by STS and CloudWatch."""


@dataclass(frozen=True)
class Read:
    """A member that was read."""

    member: Member
    inputs: Inputs


@dataclass(frozen=True)
class Failed:
    """A member that was not, and why, in one line."""

    member: Member
    reason: str


Outcome = Read | Failed


def gather(
    members: Sequence[Member], read: Callable[[Member], Inputs], *, currency: str = "USD"
) -> tuple[Outcome, ...]:
    """Read every member, in their order.

    Args:
        members: the stacks.
        read: reads one; raises TrimtabError where it cannot.
        currency: of the report; a member with a budget in another one fails, as sums over both would mean nothing.
    """

    def one(member: Member) -> Outcome:
        try:
            inputs = read(member)
        except TrimtabError as error:
            return Failed(member, f"{error.message.splitlines()[0]} ({error.remedy.rstrip('.')})")
        if inputs.currency != currency:
            return Failed(member, f"its budget is in {inputs.currency}, the report in {currency}")
        return Read(member, inputs)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return tuple(pool.map(one, members))
