"""What a check answers: findings, in an order that does not depend on how they were found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from trimtab.rules.port import Enforcement, Severity
    from trimtab.rules.resource import Source
    from trimtab.rules.waiver import Waiver

Status = Literal["finding", "unknown"]


@dataclass(frozen=True)
class Finding:
    """One rule against one resource: broken (`finding`), or not to be judged yet (`unknown`)."""

    rule: str
    pack: str
    severity: Severity
    enforcement: Enforcement
    urn: str
    message: str
    remedy: str
    status: Status = "finding"
    waived: Waiver | None = None
    source: Source | None = None

    @property
    def counts(self) -> bool:
        """Whether it may fail a run: broken, and nobody has waived it."""
        return self.status == "finding" and self.waived is None

    @property
    def order(self) -> tuple[int, int, str, str, str]:
        """What counts first, then the unknown, then the waived; the worst first, then by rule, resource and text."""
        group = 0 if self.counts else 1 if self.waived is None else 2
        return (group, -self.severity.rank, self.rule, self.urn, self.message)
