"""Who answers for a charge: by the resource's id where the stack knows it, else by the charge's own tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from trimtab.cost.model import Owner
from trimtab.cost.spend.tags import COMPONENT, SCALING_GROUP, folded, owner_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trimtab.cost.model import Resource
    from trimtab.cost.spend.charge import Charge

Matched = Literal["id", "tags", "none"]
_NOBODY = Owner()
_ARN_ENDS = {"sagemaker-endpoint": "sagemaker:endpoint/"}
"""Kinds whose cloud id is a name, while the bill has the ARN."""


@dataclass(frozen=True)
class Answerable:
    """Whom a charge belongs to.

    Attributes:
        by: how that was found.
        ours: whether a component of the stack or inventory answers for it.
    """

    component: str = ""
    owner: Owner = _NOBODY
    by: Matched = "none"
    ours: bool = False


@dataclass(frozen=True)
class Owners:
    """What is known of a stack.

    Attributes:
        ids: cloud id or ARN, in lower case as bills write some of them, to component.
        components: component to owner.
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    components: Mapping[str, Owner] = field(default_factory=dict)

    @classmethod
    def of(cls, resources: Iterable[Resource], rows: Iterable[Mapping[str, Any]] = ()) -> Owners:
        """Gather what an inventory and a stack's state say.

        Args:
            resources: the inventory.
            rows: `deployment.resources` of the state; empty: no stack.
        """
        ids: dict[str, set[str]] = {}
        components: dict[str, Owner] = {}
        for row in rows:
            component, owner, names = _of_row(row)
            _add(ids, components, component, owner, names)
        for one in resources:
            _add(ids, components, one.component or one.resource_id, one.owner, [_name(one)])
        # An id that two components have says nothing of either.
        single = {name: min(found) for name, found in ids.items() if len(found) == 1}
        return cls(single, components)

    def answerable(self, charge: Charge) -> Answerable:
        """Find who answers for a charge."""
        component = self._by_id(charge)
        if component:
            return Answerable(component, self.components[component], "id", ours=True)
        tags, tagged = charge.tags, charge.tags.get(COMPONENT, "")
        if tagged in self.components:
            return Answerable(tagged, self.components[tagged], "tags", ours=True)
        owner = owner_of(tags)
        if tagged or owner != _NOBODY:
            return Answerable(tagged, owner, "tags")
        return Answerable()

    def _by_id(self, charge: Charge) -> str:
        named = charge.resource_id.lower()
        group = charge.tags.get(SCALING_GROUP, "").lower()
        return next((self.ids[name] for name in (named, _end(named), group) if name in self.ids), "")


def _add(
    ids: dict[str, set[str]], components: dict[str, Owner], component: str, owner: Owner, names: Iterable[str]
) -> None:
    if not component:
        return
    for name in names:
        ids.setdefault(name.lower(), set()).add(component)
    if components.get(component, _NOBODY) == _NOBODY:
        components[component] = owner


def _of_row(row: Mapping[str, Any]) -> tuple[str, Owner, list[str]]:
    """Return component, owner and ids of a row of the state; a component's own row has no id."""
    outputs = row.get("outputs") or {}
    raw = outputs.get("tagsAll") or outputs.get("tags") or (row.get("inputs") or {}).get("tags")
    tags = {folded(str(key)): str(value) for key, value in _pairs(raw)}
    names = [str(name) for name in (row.get("id"), outputs.get("arn")) if isinstance(name, str) and name]
    return tags.get(COMPONENT, ""), owner_of(tags), names


def _pairs(raw: Any) -> list[tuple[Any, Any]]:
    """Return tags as pairs; an auto scaling group keeps its own as a list."""
    if isinstance(raw, list):
        return [(tag.get("key"), tag.get("value", "")) for tag in raw if isinstance(tag, dict)]
    return list(raw.items()) if isinstance(raw, dict) else []


def _name(resource: Resource) -> str:
    """Return how bills name a resource: its cloud id, or the end of its ARN where the id is a name only."""
    return f"{_ARN_ENDS.get(resource.kind, '')}{resource.resource_id}"


def _end(resource_id: str) -> str:
    """Return the end of an ARN that `_name` knows, with its service: `sagemaker:endpoint/scorer`."""
    parts = resource_id.split(":", 5)
    return f"{parts[2]}:{parts[5]}" if len(parts) > 5 else ""  # noqa: PLR2004  # arn:partition:service:region:account:…
