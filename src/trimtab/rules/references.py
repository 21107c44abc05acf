"""Indexes over names, so that a large stack is not searched resource by resource."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trimtab.rules.names import names_in
from trimtab.rules.values import Opaque

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trimtab.rules.resource import Resource

# Under this key lie the holders whose value is not known yet; no resource is called so.
UNKNOWN_KEY = "\0unknown"


def index_holders(holders: Iterable[Resource], name: str) -> Mapping[str, Sequence[Resource]]:
    """Holders by each name that their property `name` may mean."""
    index: dict[str, list[Resource]] = defaultdict(list)
    for holder in holders:
        for value in holder.props.values(name):
            for key in {UNKNOWN_KEY} if isinstance(value, Opaque) else set(names_in(value)):
                index[key].append(holder)
    return index


def index_targets(targets: Iterable[Resource]) -> Mapping[str, Sequence[Resource]]:
    """Targets by each of their names."""
    index: dict[str, list[Resource]] = defaultdict(list)
    for target in targets:
        for key in target.identities:
            index[key].append(target)
    return index
