"""Credentials of a member's account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from trimtab.cost.reports.organisation.file import Member

_CONFIG = Config(retries={"mode": "adaptive", "max_attempts": 10})
_SESSION_NAME = "trimtab-report"


def session_of(member: Member) -> boto3.Session:
    """Assume the member's role; the environment's own credentials where it names none.

    Raises:
        WorldError: the role may not be assumed, or STS does not answer.
    """
    region = member.region or None
    if not member.role:
        return boto3.Session(region_name=region)
    request = {"RoleArn": member.role, "RoleSessionName": _SESSION_NAME}
    if member.external_id:
        request["ExternalId"] = member.external_id
    try:
        given = boto3.client("sts", region_name=region, config=_CONFIG).assume_role(**request)["Credentials"]
    except (BotoCoreError, ClientError) as error:
        raise WorldError(
            f"{member.role} cannot be assumed: {error}",
            remedy="let the role's trust policy name who runs this, and allow sts:AssumeRole.",
        ) from error
    return boto3.Session(
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
        region_name=region,
    )
