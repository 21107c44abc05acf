"""What the installed pulumi_aws says of each resource type."""

from trimtab.local.awsprovider.sdk.resolve import reflect, resolve, sdk_version
from trimtab.local.awsprovider.sdk.types import (
    AnyOf,
    Field,
    ListOf,
    MapOf,
    ObjectOf,
    ResourceType,
    Scalar,
    TypeNode,
)

__all__ = [
    "AnyOf",
    "Field",
    "ListOf",
    "MapOf",
    "ObjectOf",
    "ResourceType",
    "Scalar",
    "TypeNode",
    "reflect",
    "resolve",
    "sdk_version",
]
