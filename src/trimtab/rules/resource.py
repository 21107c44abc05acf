"""What a resource rule sees: a resource as it was declared."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from trimtab.rules.names import names_in
from trimtab.rules.values import Props

if TYPE_CHECKING:
    from collections.abc import Mapping

# What another resource may hold to name this one.
_IDENTITY_KEYS = ("id", "arn", "name", "bucket", "url", "repositoryUrl", "modelPackageGroupName", "featureGroupName")


@dataclass(frozen=True)
class Source:
    """Where a resource was declared: a file below the project's root, a line, a column (both from 1)."""

    path: str
    line: int
    column: int = 1


@dataclass(frozen=True)
class Resource:
    """A resource of any provider.

    `declared` holds what the program asked for (inputs); `outputs` what the provider answered, used only to recognise
    references. Rules judge `props`, so that a preview, an update and a state file give the same answer.
    """

    type: str
    urn: str
    name: str
    declared: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""
    parent: str = ""
    provider: str = ""
    protect: bool = False
    external: bool = False
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: Source | None = None

    @cached_property
    def props(self) -> Props:
        """The declared properties, typed."""
        return Props(self.declared)

    @cached_property
    def identities(self) -> frozenset[str]:
        """Every text by which another resource may name this one."""
        found = {self.id}
        for values in (self.declared, self.outputs):
            found.update(values[key] for key in _IDENTITY_KEYS if isinstance(values.get(key), str))
        return frozenset(found - {""})

    def is_named(self, value: object) -> bool:
        """Whether a known text is this resource's id, name or ARN, or a path below it."""
        return not self.identities.isdisjoint(names_in(value))
