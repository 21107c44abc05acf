"""What a mapped type can do: four calls, and what of a change makes a new resource."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from trimtab.local.awsprovider.context import Context
from trimtab.local.awsprovider.values import Props

Create: TypeAlias = Callable[[Context, Props], str]
Read: TypeAlias = Callable[[Context, str, Props], "Props | None"]
Update: TypeAlias = Callable[[Context, str, Props, Props, frozenset[str]], None]
Delete: TypeAlias = Callable[[Context, str, Props], None]

TAGS = frozenset({"tags", "tagsAll"})


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One mapped type.

    All functions take plain values; they raise botocore's errors as they come.

    Attributes:
        create: makes it; answers its id. May raise PartialCreateError.
        read: what the cloud says of it. A property that is None was looked for and is not there.
        update: changes it in place; None where only its tags can change, or nothing.
        delete: ends it; "not found" may be raised, and means that it is gone already.
        replace: input paths whose change makes a new resource; without `update`, every one but the tags.
        moving: outputs that an update gives a new value.
        anew: whether any change of these inputs makes a new resource, for a type that stands for many.
    """

    create: Create
    read: Read
    update: Update | None
    delete: Delete
    replace: frozenset[str] = frozenset()
    moving: frozenset[str] = frozenset()
    anew: Callable[[Props], bool] = lambda _: False
