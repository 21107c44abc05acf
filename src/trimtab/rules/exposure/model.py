"""What every way in gives: something that answers the internet, with the role and the network that it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.rules.resource import Resource
    from trimtab.rules.values import Props

FUNCTION = "aws:lambda/function:Function"
FUNCTION_URL = "aws:lambda/functionUrl:FunctionUrl"


@dataclass(frozen=True)
class Exposed:
    """Something that answers the internet.

    Attributes:
        resource: what answers.
        how: what makes it reachable.
        holder, role, view: the resource, and its property, that name its role.
        groups: the property that names its security groups, and the map that it lies in.
        network: the resource that the map lies in, where it is not what answers.
    """

    resource: Resource
    how: str
    holder: Resource
    role: str
    view: Props | None = None
    groups: tuple[str, Props] | None = None
    network: Resource | None = None
