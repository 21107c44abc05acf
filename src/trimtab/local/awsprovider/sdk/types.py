"""The shape of a resource's properties, as the SDK declares them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Scalar:
    """One value: `kind` is string, integer, number, boolean, asset, archive or any."""

    kind: str


@dataclass(frozen=True)
class ListOf:
    """A list of like items."""

    item: TypeNode


@dataclass(frozen=True)
class MapOf:
    """An object with free keys and like values."""

    item: TypeNode


@dataclass(frozen=True)
class AnyOf:
    """One of several shapes."""

    options: tuple[TypeNode, ...]


@dataclass(frozen=True)
class ObjectOf:
    """An object with the named fields of one SDK class; `ref` keys `ResourceType.objects`."""

    ref: str


TypeNode: TypeAlias = Scalar | ListOf | MapOf | AnyOf | ObjectOf


@dataclass(frozen=True)
class Field:
    """One property.

    Attributes:
        type: its shape.
        required: whether an input must be given.
        computed: whether the cloud always gives it a value.
        replaces: whether the SDK's documentation says that a change makes a new resource.
    """

    type: TypeNode
    required: bool = False
    computed: bool = False
    replaces: bool = False


@dataclass(frozen=True)
class ResourceType:
    """A resource type of the SDK: what goes in, what comes out, and the objects both speak of."""

    token: str
    inputs: dict[str, Field]
    outputs: dict[str, Field]
    objects: dict[str, dict[str, Field]] = field(default_factory=dict)
