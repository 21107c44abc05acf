"""A bucket whose policy refuses what comes without TLS takes objects all the same; a plain Deny still denies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable

ARN = "arn:aws:s3:::hardened"


def put(s3: Any, **statement: Any) -> None:
    denied = {
        "Sid": "S", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [ARN, f"{ARN}/*"], **statement,
    }  # fmt: skip
    s3.put_bucket_policy(Bucket="hardened", Policy=json.dumps({"Version": "2012-10-17", "Statement": [denied]}))


@pytest.fixture(scope="module")
def s3(client: Callable[[str], Any]) -> Any:
    made = client("s3")
    made.create_bucket(Bucket="hardened", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    return made


def test_a_conditional_denial_is_not_taken_for_an_unconditional_one(s3: Any) -> None:
    put(s3, Condition={"Bool": {"aws:SecureTransport": "false"}})
    s3.put_object(Bucket="hardened", Key="dag.py", Body=b"")
    assert s3.list_objects_v2(Bucket="hardened")["KeyCount"] == 1


def test_a_plain_denial_denies(s3: Any) -> None:
    put(s3, Action="s3:PutObject")
    with pytest.raises(ClientError, match="Forbidden"):
        s3.put_object(Bucket="hardened", Key="dag.py", Body=b"")
