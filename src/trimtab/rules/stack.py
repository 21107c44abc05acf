"""What a stack rule sees: the graph that resources stand in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from trimtab.rules.names import names_in
from trimtab.rules.references import UNKNOWN_KEY, dependency_key, index_holders, index_targets
from trimtab.rules.values import NotYetKnown, Opaque, Undecidable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trimtab.rules.changes import Change
    from trimtab.rules.resource import Resource
    from trimtab.rules.values import Props

ROOT = "pulumi:pulumi:Stack"


@dataclass(frozen=True)
class Stack:
    """All resources of a stack, indexed.

    Attributes:
        resources: what there is.
        left_out: how many unchanged resources a preview did not show; stack rules cannot judge such a stack.
        changes: what a preview would delete or replace; empty where no preview tells.
    """

    resources: tuple[Resource, ...]
    left_out: int = 0
    changes: tuple[Change, ...] = ()

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
        top = (view.path if view else name).split(".", 1)[0].split("[", 1)[0]
        at = f"{view.path}.{name}" if view else name
        return self.names(holder, values, target, top=top, at=at)

    def names(self, holder: Resource, values: Iterable[object], target: Resource, *, top: str, at: str = "") -> bool:
        """Whether one of `values`, found in `holder`, names `target`.

        Args:
            holder: the resource that refers.
            values: texts, opaque ones included.
            target: the resource that may be meant.
            top: the holder's top-level property that they lie in; Pulumi records dependencies a property.
            at: how a message names the place.

        Raises:
            Undecidable: a value is not known yet and Pulumi recorded no dependency that would tell.
        """
        known, opaque = [], False
        for value in values:
            opaque = opaque or isinstance(value, Opaque)
            known.append(value)
        if any(target.is_named(value) for value in known):
            return True
        if not opaque:
            return False
        recorded = holder.property_dependencies.get(top, ())
        if not recorded:
            raise NotYetKnown(f"`{at or top}` of {holder.name}")
        return any(urn == target.urn or self._is_below(target, urn) for urn in recorded)

    def referring(self, types: Iterable[str], name: str, target: Resource) -> list[Resource]:
        """The resources of `types` whose property `name` names `target`.

        A holder that cannot be decided is left out when another one certainly refers to the target.

        Raises:
            Undecidable: none certainly refers, and at least one may.
        """
        found, doubt = [], None
        for holder in self._candidates(tuple(types), name, target):
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
        if any(isinstance(value, Opaque) for value in (view or holder.props).values(name)):
            targets = self.of(*types)
        else:
            named = {key for value in (view or holder.props).values(name) for key in names_in(value)}
            targets = [target for token in types for target in self._named(token, named)]
        return [target for target in targets if self.refers(holder, name, target, view)]

    def _candidates(self, types: tuple[str, ...], name: str, target: Resource) -> list[Resource]:
        """The holders that may name the target: by a text that is one of its names, or by a value not known yet."""
        found: dict[str, Resource] = {}
        for token in types:
            if (token, name) not in self._holders:
                self._holders[token, name] = index_holders(self.of(token), name)
            index = self._holders[token, name]
            for key in (*target.identities, UNKNOWN_KEY, *map(dependency_key, (target.urn, *self._above(target)))):
                found.update((holder.urn, holder) for holder in index.get(key, ()))
        return [holder for token in types for holder in found.values() if holder.type == token]

    def _named(self, token: str, names: Iterable[str]) -> list[Resource]:
        """The resources of a type that one of the texts names."""
        if token not in self._targets:
            self._targets[token] = index_targets(self.of(token))
        found = {target.urn: target for key in names for target in self._targets[token].get(key, ())}
        return [target for target in self.of(token) if target.urn in found] if found else []

    @cached_property
    def _holders(self) -> dict[tuple[str, str], Mapping[str, Sequence[Resource]]]:
        return {}

    @cached_property
    def _targets(self) -> dict[str, Mapping[str, Sequence[Resource]]]:
        return {}

    def _is_below(self, resource: Resource, ancestor: str) -> bool:
        return ancestor in self._above(resource)

    def _above(self, resource: Resource) -> list[str]:
        """The components that a resource is part of, the nearest first, without the stack itself."""
        found: list[str] = []
        parent = resource.parent
        while parent and parent not in found and f"::{ROOT}::" not in parent:
            found.append(parent)
            above = self.by_urn.get(parent)
            parent = above.parent if above else ""
        return found
