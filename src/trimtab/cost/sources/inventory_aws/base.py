"""What a reader of an account's resources must say about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.cost.model import Owner, Resource

ClientOf = Callable[[str, str], Any]
"""Makes a boto3 client from a service's name and a region."""


@dataclass(frozen=True)
class Reader:
    """Lists the resources of one kind in one region.

    Attributes:
        kind: a key of `trimtab.cost.kinds.KINDS`.
        calls: IAM action → why; all of them only read.
        read: the resources; ids are unique within the region.
    """

    kind: str
    calls: Mapping[str, str]
    read: Callable[[ClientOf, str], Iterator[Resource]]


def tags_of(raw: Iterable[Mapping[str, Any]] | None) -> dict[str, str]:
    """Return AWS's list of `Key` and `Value` as a mapping."""
    return {str(tag["Key"]): str(tag.get("Value", "")) for tag in raw or ()}


def owner_of(tags: Mapping[str, str]) -> Owner:
    """Return the owner that the tags name; the same tags that the components set."""
    return Owner(
        team=tags.get("Team", ""),
        cost_center=tags.get("CostCenter", ""),
        environment=tags.get("Environment", ""),
        model=tags.get("Model", ""),
    )
