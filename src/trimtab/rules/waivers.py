"""Waivers: who accepted which finding, why, and until when.

A file `policy-waivers.yaml` beside the stack's files or at the project's root:

    waivers:
      - rule: ecr-immutable-tags
        resource: "*scratch*"        # a glob on the URN or on the resource's name
        reason: tags of the scratch repository move by design
        owner: ml-platform
        expires: 2027-03-31          # the last day on which it holds

A waiver that has expired, or that matches nothing, is itself a finding.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from trimtab.rules.findings import Finding
from trimtab.rules.port import Severity
from trimtab.rules.texts import did_you_mean, read_yaml
from trimtab.rules.waiver import Waiver
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

FILE_NAME = "policy-waivers.yaml"
FILE_VARIABLE = "TRIMTAB_POLICY_WAIVERS"
EXPIRED = "waiver-expired"
UNMATCHED = "waiver-unmatched"


@dataclass(frozen=True)
class WaiverFile:
    """The waivers of a stack and where they were read."""

    path: Path
    waivers: tuple[Waiver, ...]

    def of_rules(self, rules: Collection[str]) -> WaiverFile:
        """Only the waivers of the given rules; a run of one pack says nothing about another's."""
        return WaiverFile(self.path, tuple(waiver for waiver in self.waivers if waiver.rule in rules))


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid")

    waivers: list[Waiver]


def usual_folders(working: Path) -> tuple[Path, ...]:
    """Where a stack's waivers lie: here, at the project's root, beside its stack files.

    The engine runs a pack in the folder of the program, which may lie below the root.
    """
    root = next((folder for folder in (working, *working.parents) if (folder / "Pulumi.yaml").is_file()), working)
    return tuple(dict.fromkeys((working, root, root / "stacks")))


def find_waivers(explicit: Path | None, beside: Iterable[Path]) -> Path | None:
    """The waiver file to read: named by option, named by environment, or lying beside the stack.

    Args:
        explicit: the file that the user named, if one was.
        beside: folders to look in, the nearest first.
    """
    named = explicit or (Path(value) if (value := os.environ.get(FILE_VARIABLE)) else None)
    if named:
        return named
    return next((folder / FILE_NAME for folder in beside if (folder / FILE_NAME).is_file()), None)


def read_waivers(path: Path, known: Collection[str]) -> WaiverFile:
    """Read a waiver file.

    Args:
        path: the file.
        known: the ids of all rules.

    Raises:
        UserError: the file is broken, lacks a field, or names a rule that does not exist.
    """
    document = read_yaml(path, "waivers")
    try:
        waivers = _Document.model_validate(document).waivers
    except ValidationError as error:
        raise UserError(
            f"waivers {path}: {_first(error)}",
            remedy="each entry of `waivers:` has rule, resource, reason, owner and expires (YYYY-MM-DD); no more.",
        ) from error
    for index, waiver in enumerate(waivers):
        if waiver.rule not in known:
            raise UserError(
                f"waivers {path}: waivers[{index}].rule = {waiver.rule!r}: no such rule",
                remedy=did_you_mean(waiver.rule, known),
            )
    return WaiverFile(path, tuple(waivers))


def apply_waivers(findings: Sequence[Finding], file: WaiverFile | None, today: date | None = None) -> list[Finding]:
    """Mark what is waived.

    Returns:
        The findings, those that a valid waiver speaks of marked, and one more for each waiver that no longer holds.
    """
    if file is None:
        return list(findings)
    day = today or datetime.now(tz=UTC).date()
    return mark_waived(findings, file, day) + stale_waivers(findings, file, day)


def mark_waived(findings: Sequence[Finding], file: WaiverFile | None, day: date) -> list[Finding]:
    """The findings, those that a valid waiver speaks of marked."""
    valid = [waiver for waiver in file.waivers if not waiver.expired(day)] if file else []
    return [
        replace(finding, waived=next((waiver for waiver in valid if waiver.matches(finding.rule, finding.urn)), None))
        for finding in findings
    ]


def stale_waivers(findings: Sequence[Finding], file: WaiverFile, day: date) -> list[Finding]:
    """One finding for each waiver that has expired or matches nothing."""
    stale = []
    for waiver in file.waivers:
        if waiver.expired(day):
            stale.append(_stale(EXPIRED, waiver, file, f"expired on {waiver.expires}"))
        elif not any(waiver.matches(finding.rule, finding.urn) for finding in findings):
            stale.append(_stale(UNMATCHED, waiver, file, "matches no finding"))
    return stale


def _stale(rule: str, waiver: Waiver, file: WaiverFile, problem: str) -> Finding:
    return Finding(
        rule=rule,
        pack="waivers",
        severity=Severity.HIGH,
        enforcement="mandatory",
        urn="",
        message=f"{file.path.name}: the waiver of {waiver.rule} for {waiver.resource} (owner {waiver.owner}) {problem}",
        remedy="mend what it waives, or have its owner renew it with a new date and reason, or remove it.",
    )


def _first(error: ValidationError) -> str:
    problem: Any = error.errors(include_url=False)[0]
    at = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in problem["loc"]).lstrip(".")
    return f"{at or 'the file'}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"
