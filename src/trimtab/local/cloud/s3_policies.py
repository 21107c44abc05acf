"""Bucket policies with conditions, which moto would take for unconditional: a Deny without TLS would deny everything.

A statement whose condition cannot be judged here is left out of the judgement; the policy itself is kept whole.
"""

from __future__ import annotations

import json
from typing import Any

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket

from trimtab.local.cloud.extending import extend


def unconditional(policy: str) -> str:
    """Return the policy without its conditional statements."""
    document: dict[str, Any] = json.loads(policy)
    statements = document.get("Statement", [])
    listed = statements if isinstance(statements, list) else [statements]
    return json.dumps({**document, "Statement": [one for one in listed if not one.get("Condition")]})


def _get_permission(self: Any, action: str, resource: str) -> Any:
    if self.policy is None:
        return PermissionResult.NEUTRAL
    return IAMPolicy(unconditional(self.policy.decode())).is_action_permitted(action, resource)


def install_s3_policies() -> None:
    """Judge what a bucket's policy says without conditions."""
    extend(FakeBucket, {"get_permission": _get_permission})
