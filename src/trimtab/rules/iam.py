"""Statements of an IAM policy document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.rules.values import Props


@dataclass(frozen=True)
class Statement:
    """One statement, its single values made lists."""

    view: Props

    @property
    def allows(self) -> bool:
        """Whether its effect is Allow."""
        return self.view.text("Effect") == "Allow"

    @property
    def actions(self) -> list[str]:
        """What it allows or denies; empty where it says NotAction."""
        return self.view.texts("Action")

    @property
    def resources(self) -> list[str]:
        """On what."""
        return self.view.texts("Resource")

    @property
    def principals(self) -> list[str]:
        """For whom: `*`, or the values of each kind of principal."""
        if isinstance(self.view.raw.get("Principal"), dict):
            block = self.view.block("Principal")
            return [value for kind in block.raw for value in block.texts(kind)]
        return self.view.texts("Principal")

    @property
    def has_condition(self) -> bool:
        """Whether it holds only under a condition."""
        return self.view.has("Condition")


def statements(policy: Props) -> list[Statement]:
    """The statements of a parsed policy document; a single one is a list of one."""
    return [Statement(view) for view in policy.blocks("Statement")]


def grants_everybody(policy: Props) -> bool:
    """Whether the document allows anybody something without a condition."""
    found = statements(policy)
    return any(one.allows and "*" in one.principals and not one.has_condition for one in found)
