"""Advice from a file, or worked out now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cli.cost.wiring import progress
from trimtab.cost.model import AdviceDocument
from trimtab.cost.pipeline import recommend
from trimtab.cost.prices.choose import price_book
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sources.engine import connect
from trimtab.cost.sources.stack_state import StackState

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from trimtab.cli.cost.sampling import Sampling


def advice_of(path: Path | None, stack: str, sampling: Sampling, *, until: datetime | None = None) -> AdviceDocument:
    """Read `path`, or analyse the stack's resources by their metrics.

    Raises:
        UserError: the file is no advice, or the stack is not known.
        WorldError: the engine, the cloud or Prometheus cannot be reached.
    """
    if path is not None:
        return AdviceDocument.read(path)
    connection = connect()
    with progress(f"reading and judging the use of stack {stack}"):
        resources = StackState.from_engine(stack).resources()
        source = sampling.open(connection)
        return recommend(resources, source, price_book("auto"), STRATEGIES["trimtab"], until=until, now=sampling.now)
