"""How EC2 tags: all its resources by id, at creation through `TagSpecifications`."""

from __future__ import annotations

from trimtab.local.awsprovider.tagging import Tagging


def ec2_tags(resource_type: str) -> Tagging:
    """The tagging of one EC2 resource type (`vpc`, `subnet`, …)."""
    return Tagging(
        "create_tags",
        "delete_tags",
        "Resources",
        "id",
        keys="Tags",
        create_as=resource_type,
        subject_is_list=True,
        keys_are_tags=True,
    )
