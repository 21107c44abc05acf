"""The AWS account that this environment leads to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from trimtab.local.doctor.model import Answer, State

if TYPE_CHECKING:
    from trimtab.local.doctor.model import Site

_SIGN_IN = "sign in (`aws sso login`, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)"
_QUICK = Config(connect_timeout=3, read_timeout=5, retries={"total_max_attempts": 1})


def aws_credentials(_site: Site) -> Answer:
    """Who AWS says that these credentials are, where some are configured."""
    endpoint = os.environ.get("AWS_ENDPOINT_URL")
    where = f" at {endpoint} (not a real account)" if endpoint else ""
    try:
        session = boto3.Session()
        if session.get_credentials() is None:
            return Answer(State.INFO, "none configured; the local cloud needs none.", f"for a real account {_SIGN_IN}.")
        region = session.region_name or "us-east-1"
        identity = session.client("sts", region_name=region, config=_QUICK).get_caller_identity()
    except (BotoCoreError, ClientError) as error:
        return Answer(State.GAP, f"credentials are configured and do not work{where}: {error}", f"{_SIGN_IN} again.")
    return Answer(State.OK, f"{identity['Arn']}{where}")
