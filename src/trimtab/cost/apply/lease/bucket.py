"""One object of S3, written only where nobody else has written it meanwhile.

S3's conditional writes decide who is first: `If-None-Match: *` creates, `If-Match: ETAG` replaces and deletes.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from trimtab.cost.apply.lease.note import Found, Note, read_note
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TAKEN = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "412", "409"})
_ABSENT = frozenset({"NoSuchKey", "404"})


@dataclass(frozen=True)
class LockObject:
    """Where a stack's lock lies.

    Attributes:
        s3: a boto3 client.
    """

    s3: Any
    bucket: str
    key: str

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.key}"

    def create(self, note: Note) -> str | None:
        """Write it where there is none; return its ETag, or None where there is one.

        Raises:
            WorldError: S3 cannot be reached or refuses.
        """
        return self._put(note, {"IfNoneMatch": "*"})

    def replace(self, note: Note, etag: str) -> str | None:
        """Write it in place of the one with `etag`; return the new ETag, or None where that is gone.

        Raises:
            WorldError: S3 cannot be reached or refuses.
        """
        return self._put(note, {"IfMatch": etag})

    def read(self) -> Found | None:
        """Return what lies there.

        Raises:
            WorldError: S3 cannot be reached or refuses, or it is no lock.
        """
        with self._asking():
            try:
                answer = self.s3.get_object(Bucket=self.bucket, Key=self.key)
            except ClientError as error:
                if _code(error) in _ABSENT:
                    return None
                raise
            content = answer["Body"].read()
        now = parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"])
        return Found(read_note(content, str(self)), answer["ETag"], answer["LastModified"], now)

    def remove(self, etag: str) -> None:
        """Remove it where it is still the one with `etag`.

        Raises:
            WorldError: S3 cannot be reached or refuses.
        """
        with self._asking():
            try:
                self.s3.delete_object(Bucket=self.bucket, Key=self.key, IfMatch=etag)
            except ClientError as error:
                if _code(error) not in _TAKEN | _ABSENT:
                    raise

    def _put(self, note: Note, condition: Mapping[str, str]) -> str | None:
        with self._asking():
            try:
                answer = self.s3.put_object(Bucket=self.bucket, Key=self.key, Body=note.written(), **condition)
            except ClientError as error:
                if _code(error) in _TAKEN | _ABSENT:
                    return None
                raise
        return str(answer["ETag"])

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except (BotoCoreError, ClientError) as error:
            raise WorldError(
                f"{self}: the stack's lock cannot be taken or kept: {error}",
                remedy="check credentials and rights: s3:GetObject, s3:PutObject and s3:DeleteObject on it, and "
                "s3:ListBucket on its bucket.",
            ) from error


def client_of(query: Mapping[str, str]) -> Any:
    """Return a client for what a backend's address says beside the bucket: region, profile, endpoint.

    https://www.pulumi.com/docs/iac/concepts/state-and-backends/#aws-s3
    """
    endpoint = query.get("endpoint")
    if endpoint and "://" not in endpoint:
        endpoint = f"{'http' if query.get('disableSSL') == 'true' else 'https'}://{endpoint}"
    session = boto3.Session(profile_name=query.get("profile"), region_name=query.get("region"))
    return session.client("s3", endpoint_url=endpoint)


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
