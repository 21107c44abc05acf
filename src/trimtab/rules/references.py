"""Which names a text holds, and indexes over them, so that a large stack is not searched resource by resource."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from trimtab.rules.values import Opaque

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trimtab.rules.stack import Resource

# Where a name may end inside a longer text: arn:aws:s3:::bucket/*, repository@sha256:…, group:*.
_BOUNDARY = re.compile(r"[/:@]")
# Under this key lie the holders whose value is not known yet; no resource is called so.
UNKNOWN_KEY = "\0unknown"


def names_in(value: object) -> Iterator[str]:
    """Every name that a text may mean: itself, its beginnings up to a boundary, the bucket of an S3 location."""
    if not isinstance(value, str) or not value:
        return
    yield value
    yield bucket_of(value)
    for boundary in _BOUNDARY.finditer(value):
        yield value[: boundary.start()]


def bucket_of(value: str) -> str:
    """The bucket's name in an s3 URL or an S3 ARN, else the text itself."""
    if value.startswith("s3://"):
        return value.removeprefix("s3://").split("/", 1)[0]
    service, separator, path = value.partition(":s3:::")
    return path.split("/", 1)[0] if separator and service.startswith("arn:") else value


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
