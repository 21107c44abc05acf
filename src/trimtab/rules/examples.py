"""Small stacks to write a rule's examples with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.rules.port import Example
from trimtab.rules.resource import Resource
from trimtab.rules.stack import ROOT

if TYPE_CHECKING:
    from trimtab.rules.changes import Change

_PROJECT = "urn:pulumi:example::example"
ROOT_URN = f"{_PROJECT}::{ROOT}::example-example"


def urn_of(token: str, name: str) -> str:
    """The URN that a top-level resource of the example stack has."""
    return f"{_PROJECT}::{token}::{name}"


def resource(token: str, name: str, depends: dict[str, str] | None = None, /, **declared: Any) -> Resource:
    """A resource of the example stack.

    Args:
        token: its type.
        name: its name; an instance is known to the cloud by `<name>-id`.
        depends: property name to the URN that its value comes from.
        declared: its properties, in Pulumi's camelCase.
    """
    edges = {key: (urn,) for key, urn in (depends or {}).items()}
    return Resource(
        type=token,
        urn=urn_of(token, name),
        name=name,
        declared=declared,
        outputs={**declared, "id": f"{name}-id"},
        id=f"{name}-id",
        parent=ROOT_URN,
        dependencies=tuple(dict.fromkeys(urn for urns in edges.values() for urn in urns)),
        property_dependencies=edges,
    )


def example(*resources: Resource, changes: tuple[Change, ...] = ()) -> Example:
    """A stack of the given resources, with the root that every stack has."""
    root = Resource(type=ROOT, urn=ROOT_URN, name="example-example")
    return Example((root, *resources), changes)
