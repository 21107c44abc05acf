"""What RDS and ElastiCache have in common: how they are tagged, and their groups of subnets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

TAGS = Tagging(
    "add_tags_to_resource",
    "remove_tags_from_resource",
    "ResourceName",
    list="list_tags_for_resource",
    at="TagList",
)
WITHOUT_DESCRIPTION = "Managed by Pulumi"
"""What the real provider describes a group by that nobody has described."""


def complete_subnets(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    """Take the subnets' ids out of what both services tell of them."""
    props["subnetIds"] = [each["SubnetIdentifier"] for each in answer.get("Subnets", [])]
