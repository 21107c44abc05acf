"""What a preview would do to resources that exist already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Change:
    """A resource that would be gone, or gone and made anew.

    Attributes:
        kind: whether another takes its place.
        type: its token.
        urn: what Pulumi calls it.
        reasons: the properties whose change makes it anew.
    """

    kind: Literal["delete", "replace"]
    type: str
    urn: str
    reasons: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in the program."""
        return self.urn.rsplit("::", 1)[-1]
