"""The offline check, from files to a report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trimtab.rules.check import RuleSet
from trimtab.rules.registry import RULES
from trimtab.rules.reports.as_json import key_of, read_baseline
from trimtab.rules.reports.report import Report
from trimtab.rules.settings import read_settings
from trimtab.rules.state import read_stack
from trimtab.rules.waivers import apply_waivers, find_waivers, read_waivers, usual_folders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.rules.stack import Stack


@dataclass(frozen=True)
class Request:
    """What a user asked for.

    Attributes:
        state: a stack export or a preview; `-` is standard input.
        packs: the packs to run; empty means all.
        config: settings, as `--policy-pack-config` takes them.
        waivers: the waiver file; None: the one beside the stack, if there is one.
        baseline: an earlier JSON report whose findings are left out.
    """

    state: Path
    packs: Sequence[str] = ()
    config: Path | None = None
    waivers: Path | None = None
    baseline: Path | None = None


def check_files(request: Request) -> tuple[Report, Stack]:
    """Check a stack without engine, cloud or credentials.

    Raises:
        UserError: one of the files is broken, or names something that does not exist.
    """
    stack = read_stack(request.state)
    settings = read_settings(request.config, RULES)
    rules = [rule for rule in RULES if not request.packs or rule.pack in request.packs]
    path = find_waivers(request.waivers, usual_folders(Path.cwd()))
    waivers = read_waivers(path, {rule.id for rule in RULES}).of_rules({rule.id for rule in rules}) if path else None
    findings = apply_waivers(RuleSet(rules, settings).check(stack), waivers)
    known = read_baseline(request.baseline) if request.baseline else frozenset()
    fresh = [finding for finding in findings if key_of(finding) not in known]
    enabled = [rule for rule in rules if settings[rule.id].enforcement != "disabled"]
    report = Report(
        findings=sorted(fresh, key=lambda finding: finding.order),
        rules=enabled,
        resources=len(stack.resources),
        known=len(findings) - len(fresh),
    )
    return report, stack
