"""One accepted deviation from a rule."""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase

from pydantic import BaseModel, ConfigDict, Field


class Waiver(BaseModel):
    """One accepted deviation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    resource: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    expires: date

    def matches(self, rule: str, urn: str) -> bool:
        """Whether it speaks of what `rule` found: the rule's id, and a glob on the URN or the resource's name."""
        name = urn.rsplit("::", 1)[-1]
        return self.rule == rule and any(fnmatchcase(text, self.resource) for text in (urn, name))

    def expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return today > self.expires
