"""What one check answered, ready to be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.rules.findings import Finding
    from trimtab.rules.port import AnyRule, Severity


@dataclass(frozen=True)
class Report:
    """The findings of a run.

    Attributes:
        findings: the worst first.
        rules: the rules that ran.
        resources: how many resources were looked at.
        known: how many findings a baseline holds already, and which are therefore left out.
    """

    findings: Sequence[Finding]
    rules: Sequence[AnyRule]
    resources: int
    known: int = 0

    @property
    def broken(self) -> list[Finding]:
        """What counts against the stack."""
        return [finding for finding in self.findings if finding.counts]

    @property
    def undecided(self) -> list[Finding]:
        """What cannot be judged before the update."""
        return [finding for finding in self.findings if finding.status == "unknown" and finding.waived is None]

    @property
    def waived(self) -> list[Finding]:
        """What somebody has accepted."""
        return [finding for finding in self.findings if finding.waived is not None]

    def at_or_above(self, severity: Severity) -> list[Finding]:
        """What counts and is at least this severe."""
        return [finding for finding in self.broken if finding.severity.rank >= severity.rank]

    @property
    def summary(self) -> str:
        """One line of counts."""
        known = f", {self.known} known from the baseline" if self.known else ""
        return (
            f"{len(self.broken)} findings, {len(self.undecided)} unknown until update, {len(self.waived)} waived{known}"
            f" ({len(self.rules)} rules, {self.resources} resources)"
        )


def short_urn(urn: str) -> str:
    """Type and name as the engine shows them: `aws:s3:Bucket data`."""
    parts = urn.split("::")
    if len(parts) == 1:
        return urn or "-"
    package, _, rest = parts[-2].rsplit("$", 1)[-1].partition(":")
    module, _, kind = rest.partition(":")
    # A module's last part repeats the kind: s3/bucket:Bucket.
    module = module.split("/", 1)[0] if module.lower().endswith(f"/{kind.lower()}") else module
    return f"{package}:{module}:{kind} {parts[-1]}"
