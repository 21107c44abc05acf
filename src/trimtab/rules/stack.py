"""What a rule sees: a resource as it was declared, and the graph that it stands in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from trimtab.rules.values import Opaque, Props, Undecidable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT = "pulumi:pulumi:Stack"

# What another resource may hold to name this one, in the order in which they are looked up.
_IDENTITY_KEYS = ("id", "arn", "name", "bucket", "url", "repositoryUrl", "modelPackageGroupName")
# A resource's declared text is matched whole, or as the beginning of a path (arn:aws:s3:::bucket/*).
_BOUNDARIES = ("/", ":", "@")


@dataclass(frozen=True)
class Source:
    """Where a resource was declared: a file below the project's root, a line, a column (both from 1)."""

    path: str
    line: int
    column: int = 1


@dataclass(frozen=True)
class Resource:
    """A resource of any provider.

    `declared` holds what the program asked for (inputs); `outputs` what the provider answered, used only to recognise references.
    Rules judge `props`, so that a preview, an update and a state file give the same answer.
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
        if not isinstance(value, str):
            return False
        ends = tuple(name + boundary for name in self.identities for boundary in _BOUNDARIES)
        return value in self.identities or value.startswith(ends) or _bucket_of(value) in self.identities


@dataclass(frozen=True)
class Stack:
    """All resources of a stack, indexed."""

    resources: tuple[Resource, ...]

    @cached_property
    def by_urn(self) -> Mapping[str, Resource]:
        """URN to resource."""
        return {resource.urn: resource for resource in self.resources}

    @cached_property
    def _by_type(self) -> Mapping[str, Sequence[Resource]]:
        index: dict[str, list[Resource]] = defaultdict(list)
        for resource in self.resources:
            index[resource.type].append(resource)
        return index

    def of(self, *types: str) -> list[Resource]:
        """The resources of the given types, in the order of the types."""
        return [resource for token in types for resource in self._by_type.get(token, ())]

    def refers(self, holder: Resource, name: str, target: Resource, view: Props | None = None) -> bool:
        """Whether `holder`'s property names `target`.

        Args:
            holder: the resource that refers.
            name: the property, of `view` where given, else of the resource.
            target: the resource that may be meant.
            view: the nested map that holds the property.

        Raises:
            Undecidable: the value is not known yet and Pulumi recorded no dependency that would tell.
        """
        values = (view or holder.props).values(name)
        if any(target.is_named(value) for value in values):
            return True
        opaque = [value for value in values if isinstance(value, Opaque)]
        if not opaque:
            return False
        top = (view.path if view else name).split(".", 1)[0].split("[", 1)[0]
        recorded = holder.property_dependencies.get(top, ())
        if not recorded:
            at = f"{view.path}.{name}" if view else name
            raise Undecidable(f"`{at}` of {holder.name} is {Opaque.UNKNOWN.value}")
        return any(urn == target.urn or self._is_below(target, urn) for urn in recorded)

    def referring(self, types: Iterable[str], name: str, target: Resource) -> list[Resource]:
        """The resources of `types` whose property `name` names `target`.

        A holder that cannot be decided is left out when another one certainly refers to the target.

        Raises:
            Undecidable: none certainly refers, and at least one may.
        """
        found, doubt = [], None
        for holder in self.of(*types):
            try:
                if self.refers(holder, name, target):
                    found.append(holder)
            except Undecidable as reason:
                doubt = reason
        if not found and doubt is not None:
            raise doubt
        return found

    def referred(self, holder: Resource, name: str, types: Iterable[str], view: Props | None = None) -> list[Resource]:
        """The resources of `types` that `holder`'s property names."""
        return [target for target in self.of(*types) if self.refers(holder, name, target, view)]

    def _is_below(self, resource: Resource, ancestor: str) -> bool:
        seen: set[str] = set()
        parent = resource.parent
        while parent and parent not in seen:
            if parent == ancestor:
                return not parent.endswith(f"::{ROOT}")
            seen.add(parent)
            above = self.by_urn.get(parent)
            parent = above.parent if above else ""
        return False


def _bucket_of(value: str) -> str:
    """The bucket's name in an s3 URL or an S3 ARN, else the text itself."""
    if value.startswith("s3://"):
        return value.removeprefix("s3://").split("/", 1)[0]
    service, separator, path = value.partition(":s3:::")
    return path.split("/", 1)[0] if separator and service.startswith("arn:") else value
