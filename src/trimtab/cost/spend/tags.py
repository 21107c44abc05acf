"""Tags as bills write them: prefixed and spelt differently by each export, so they are compared folded."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from trimtab.cost.model import Owner

if TYPE_CHECKING:
    from collections.abc import Mapping

# CUR 2.0 writes `user_cost_center` for CostCenter in `resource_tags` and `resourceTags/CostCenter` in `tags`, Cost
# Explorer and FOCUS `CostCenter` or `user:CostCenter`; AWS's own keys begin with `aws`.
# https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-cur2-tag-columns.html
_PREFIX = re.compile(r"^(?:resourcetags/)?(?:user[_:/])?")
_SIGNS = re.compile(r"[^a-z0-9]")

TEAM, COST_CENTER, ENVIRONMENT, MODEL, COMPONENT = "team", "costcenter", "environment", "model", "component"
SCALING_GROUP = "awsautoscalinggroupname"
"""AWS puts it on every instance of an auto scaling group; the bill names the instance."""


def folded(key: str) -> str:
    """Return a tag's key without prefix, case and signs: `user_cost_center` and `CostCenter` are one.

    >>> folded("resourceTags/CostCenter"), folded("user_cost_center"), folded("aws:autoscaling:groupName")
    ('costcenter', 'costcenter', 'awsautoscalinggroupname')
    """
    return _SIGNS.sub("", _PREFIX.sub("", key.lower()))


def parsed(text: str) -> dict[str, str]:
    """Read tags that an export holds as a JSON object; empty text holds none.

    Raises:
        ValueError: it is no JSON object.
    """
    if not text.strip():
        return {}
    loaded = json.loads(text)
    if not isinstance(loaded, dict):
        msg = "is no JSON object"
        raise ValueError(msg)  # noqa: TRY004  # json.loads raises it as well
    return {folded(str(key)): str(value) for key, value in loaded.items() if value not in (None, "")}


def owner_of(tags: Mapping[str, str]) -> Owner:
    """Return whom folded tags name."""
    return Owner(
        team=tags.get(TEAM, ""),
        cost_center=tags.get(COST_CENTER, ""),
        environment=tags.get(ENVIRONMENT, ""),
        model=tags.get(MODEL, ""),
    )
