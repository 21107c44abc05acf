"""Whether the table holds all that a stack declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.local.awsprovider.cases import CASES

if TYPE_CHECKING:
    from trimtab.local.awsprovider.values import Props


def lacking(state: Props) -> set[str]:
    """AWS types of a state (`pulumi stack export`) that no case walks; for the tests of the shipped stacks.

    Example:
        assert lacking(workspace.export()) == set()
    """
    resources = state["deployment"].get("resources", [])
    return {each["type"] for each in resources if each["type"].startswith("aws:")} - CASES.keys()
