"""A file in a bucket."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.cost.reports.delivery.aws import call
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from trimtab.cost.reports.delivery.parcel import Parcel
    from trimtab.cost.reports.delivery.port import Clients

FORM = "s3://BUCKET/FOLDER/ or s3://BUCKET/NAME"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


@dataclass(frozen=True)
class S3:
    """A bucket and a key, or a folder in it."""

    bucket: str
    path: str

    @classmethod
    def of(cls, text: str) -> S3:
        """Read `//bucket/folder/`.

        Raises:
            UserError: it names no bucket.
        """
        bucket, _, path = text.removeprefix("//").partition("/")
        if not text.startswith("//") or not _BUCKET.fullmatch(bucket):
            raise UserError(f"--deliver s3:{text}: names no bucket; allowed: {FORM}", remedy="name a bucket of yours.")
        return cls(bucket, path)

    def prepare(self, clients: Clients) -> None:
        """Need nothing."""

    def says(self, parcel: Parcel) -> str:
        """Return what would be sent and to whom."""
        return f"{parcel.said} to s3://{self.bucket}/{self._key(parcel)}"

    def send(self, parcel: Parcel, clients: Clients) -> None:
        """Put the file, encrypted as the bucket says.

        Raises:
            WorldError: S3 refused or did not answer.
        """
        s3 = clients.aws("s3")
        call(
            f"s3://{self.bucket}/{self._key(parcel)}",
            "check that the bucket exists and that s3:PutObject is allowed.",
            clients.pause,
            lambda: s3.put_object(
                Bucket=self.bucket, Key=self._key(parcel), Body=parcel.content, ContentType=parcel.content_type
            ),
        )

    def _key(self, parcel: Parcel) -> str:
        return f"{self.path}{parcel.name}" if not self.path or self.path.endswith("/") else self.path
