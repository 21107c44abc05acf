"""Where billed spend is read, and whom it is joined to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from trimtab.cost.reports.build import Bill
from trimtab.cost.sources.engine import connect
from trimtab.cost.sources.stack_state import StackState
from trimtab.cost.spend import Owners

if TYPE_CHECKING:
    from datetime import datetime

    from trimtab.cli.cost.inventory_place import InventoryPlace
    from trimtab.cost.model import AdviceDocument
    from trimtab.cost.spend import SpendSource
    from trimtab.cost.spend.charge import Basis

COST_EXPLORER = "cost-explorer"
_TAGS = {"owner": "Team", "component": "Component", "model": "Model", "environment": "Environment", "service": ""}
"""The tag that Cost Explorer is asked for; it gives two groups at most, and one of them is the service."""

cost_option = click.option(
    "--cost",
    type=click.Choice(["billed", "effective"]),
    default="billed",
    show_default=True,
    help="What the invoice says, or with commitments spread over what they covered.",
)


def source_of(export: Path | None, cost: str, *, by: str) -> SpendSource:
    """Return the export, or Cost Explorer where there is none."""
    basis = cast("Basis", cost)
    if export is not None:
        from trimtab.cost.spend.export import BillingExport  # noqa: PLC0415  # DuckDB only where it is used

        return BillingExport(export, basis)
    from trimtab.cost.spend.cost_explorer import CostExplorer  # noqa: PLC0415  # boto3 is slow to import

    return CostExplorer.from_environment(_TAGS[by], basis)


def bill_of(named: str, document: AdviceDocument, stack: str | None, time: tuple[datetime, datetime]) -> Bill:
    """Read what was billed in a time, for the report of a stack.

    Args:
        named: an export's path, or `cost-explorer`.
        document: the advice, whose resources are the stack's.
        stack: its name, for the ids that its state knows; None: the engine is not asked.
        time: since and until.

    Raises:
        UserError: the bill cannot be read, or says nothing of that time.
        WorldError: AWS or the engine does not answer.
    """
    state = StackState.from_engine(stack).resources_in_state if stack else ()
    members = [member for one in document.advice for member in one.utilisation.members]
    source = source_of(None if named == COST_EXPLORER else Path(named), "billed", by="component")
    return Bill(source.charges(*time), Owners.of(members, state))


def owners_of(place: InventoryPlace, stack: str | None) -> tuple[Owners, bool]:
    """Read who answers for what, and say whether anything was named; without it tags alone tell.

    Raises:
        UserError: it cannot be read, or several were named.
        WorldError: the engine or the place does not answer.
    """
    found = place.stack_state(stack)
    if found is not None:
        return Owners.of(found.resources(), found.resources_in_state), True
    if place.is_empty(stack):
        return Owners(), False
    return Owners.of(place.resources(connect(), stack)), True
