"""Groups of people as the cluster's authenticator names them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from trimtab.spec.units import EachOnce

OWN_PREFIX = "system:"
"""Groups of Kubernetes itself, which neither EKS nor a tenant may hand out."""


def _not_kubernetes_own(group: str) -> str:
    if group.startswith(OWN_PREFIX):
        raise PydanticCustomError(
            "own_group",
            "{group} is a group of Kubernetes itself",
            {
                "group": group,
                "allowed": "groups that do not begin with system:",
                "remedy": "name a group of your own; an administrator of a cluster is an entry of accessEntries with "
                "policy: AmazonEKSClusterAdminPolicy",
            },
        )
    return group


Group = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_ .:/@-]{0,127}$",
        description="A group as the cluster's authenticator names it, ml-engineers; 128 characters at most.",
    ),
    AfterValidator(_not_kubernetes_own),
]
Groups = Annotated[tuple[Group, ...], EachOnce]
