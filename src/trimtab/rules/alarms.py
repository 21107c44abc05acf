"""Which alarms watch a resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.tokens import ALARM

if TYPE_CHECKING:
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def is_watched(target: Resource, dimension: str, stack: Stack) -> bool:
    """Whether an alarm of the stack has the target as a dimension, of its own metric or of one of its queries."""
    return any(_watches(alarm, dimension, target, stack) for alarm in stack.of(ALARM))


def _watches(alarm: Resource, dimension: str, target: Resource, stack: Stack) -> bool:
    views = [alarm.props.block("dimensions")]
    views += [query.block("metric").block("dimensions") for query in alarm.props.blocks("metricQueries")]
    return any(stack.refers(alarm, dimension, target, view=view) for view in views)
