"""Indexes over names, so that a large stack is not searched resource by resource."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trimtab.rules.names import names_in
from trimtab.rules.values import Opaque

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trimtab.rules.resource import Resource

# Under this key lie the holders of whose value nothing is known yet; no resource is called so.
UNKNOWN_KEY = "\0unknown"


def dependency_key(urn: str) -> str:
    """Under this key lie the holders whose value, not known yet, comes from the resource with this URN."""
    return f"\0{urn}"


def index_holders(holders: Iterable[Resource], name: str) -> Mapping[str, Sequence[Resource]]:
    """Holders by each name that their property `name` may mean."""
    index: dict[str, list[Resource]] = defaultdict(list)
    for holder in holders:
        for value in holder.props.values(name):
            for key in _unknown_keys(holder, name) if isinstance(value, Opaque) else set(names_in(value)):
                index[key].append(holder)
    return index


def _unknown_keys(holder: Resource, name: str) -> set[str]:
    recorded = holder.property_dependencies.get(name, ())
    return {dependency_key(urn) for urn in recorded} or {UNKNOWN_KEY}


def index_targets(targets: Iterable[Resource]) -> Mapping[str, Sequence[Resource]]:
    """Targets by each of their names."""
    index: dict[str, list[Resource]] = defaultdict(list)
    for target in targets:
        for key in target.identities:
            index[key].append(target)
    return index
