"""IAM policy documents: statements whose parts may be outputs, and the documents made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from trimtab.components.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

POLICY_VERSION = "2012-10-17"

Conditions = dict[str, dict[str, Any]]
"""Operator → condition key → value: `{"StringEquals": {"aws:SourceAccount": account}}`."""


def allow(
    sid: str,
    actions: Sequence[str],
    resources: Sequence[pulumi.Input[str]],
    *,
    principal: Mapping[str, Any] | None = None,
    conditions: Conditions | None = None,
) -> dict[str, Any]:
    """Return a statement that allows `actions` on `resources`.

    Args:
        sid: what the statement is for, in CamelCase letters and digits (IAM's rule for a Sid).
        actions: `s3:GetObject`, …
        resources: ARNs.
        principal: who may, in a resource's own policy; absent in a role's policy.
        conditions: under which conditions.
    """
    return {"Sid": sid, "Effect": "Allow", **_rest(actions, resources, principal, conditions)}


def deny(
    sid: str,
    actions: Sequence[str],
    resources: Sequence[pulumi.Input[str]],
    *,
    principal: Mapping[str, Any] | None = None,
    conditions: Conditions | None = None,
) -> dict[str, Any]:
    """Return a statement that denies `actions` on `resources`; see `allow`."""
    return {"Sid": sid, "Effect": "Deny", **_rest(actions, resources, principal, conditions)}


def document(statements: Sequence[Mapping[str, Any]]) -> pulumi.Output[str]:
    """Return the policy document that holds `statements`, as JSON."""
    return json_text({"Version": POLICY_VERSION, "Statement": list(statements)})


def under(arn: pulumi.Input[str], path: pulumi.Input[str] = "*") -> pulumi.Output[str]:
    """Return `<arn>/<path>`: the objects in a bucket, the images of a repository."""
    return pulumi.Output.concat(arn, "/", path)


def _rest(
    actions: Sequence[str],
    resources: Sequence[pulumi.Input[str]],
    principal: Mapping[str, Any] | None,
    conditions: Conditions | None,
) -> dict[str, Any]:
    return {
        **({"Principal": principal} if principal else {}),
        "Action": _one_or_many(actions),
        "Resource": _one_or_many(resources),
        **({"Condition": conditions} if conditions else {}),
    }


def _one_or_many(values: Sequence[Any]) -> Any:
    """A list of one is written as that one, as AWS itself gives a policy back."""
    return values[0] if len(values) == 1 else list(values)
