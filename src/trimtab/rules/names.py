"""Which names a text holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Where a name may end inside a longer text: arn:aws:s3:::bucket/*, repository@sha256:…, group:*.
_BOUNDARY = re.compile(r"[/:@]")


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
