"""The list of ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.exposure.app_runner import open_app_runner_services
from trimtab.rules.exposure.ecs import open_ecs_services
from trimtab.rules.exposure.functions import open_functions
from trimtab.rules.exposure.machines import open_machines
from trimtab.rules.exposure.pods import open_pods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from trimtab.rules.exposure.model import Exposed
    from trimtab.rules.stack import Stack

WAYS: tuple[Callable[[Stack], Iterator[Exposed]], ...] = (
    open_functions,
    open_machines,
    open_ecs_services,
    open_app_runner_services,
    open_pods,
)


def exposed(stack: Stack) -> Iterator[Exposed]:
    """Everything of a stack that answers the internet.

    Raises:
        Undecidable: an edge is not known yet; what was found before it was given already.
    """
    for way in WAYS:
        yield from way(stack)
