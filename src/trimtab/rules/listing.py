"""The rules as a list, by framework, and one by one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from trimtab.rules.coverage import coverage, label
from trimtab.rules.page import rule_page
from trimtab.rules.registry import RULES
from trimtab.rules.reports.as_table import render
from trimtab.rules.texts import did_you_mean
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from trimtab.rules.port import AnyRule, Framework

SCHEMA = "trimtab.policy.rules/1"


@dataclass(frozen=True)
class Selection:
    """What to list: rules, and the framework whose coverage is asked for, if one is."""

    rules: Sequence[AnyRule]
    framework: Framework | None = None

    @property
    def shown(self) -> list[AnyRule]:
        """The rules, only those that serve the framework where one is named."""
        return [rule for rule in self.rules if self.framework is None or self.framework in rule.frameworks]


def rule_named(name: str) -> AnyRule:
    """The rule with this id.

    Raises:
        UserError: there is none.
    """
    known = {rule.id: rule for rule in RULES}
    if name not in known:
        raise UserError(f"{name!r}: no such rule", remedy=did_you_mean(name, known))
    return known[name]


def describe(rule: AnyRule) -> dict[str, Any]:
    """Everything about a rule but its code, ready for JSON."""
    return {
        "id": rule.id,
        "title": rule.title,
        "pack": rule.pack,
        "severity": rule.severity.value,
        "enforcement": rule.enforcement,
        "scope": rule.scope,
        "types": list(rule.types),
        "frameworks": {framework.value: list(items) for framework, items in rule.frameworks.items()},
        "why": rule.why,
        "remedy": rule.remedy,
        "code": rule.code,
        "config": rule.config.model_json_schema(by_alias=True).get("properties", {}),
    }


def list_json(selection: Selection) -> str:
    """`{"schema", "rules": [{"id", "pack", "severity", "scope", "frameworks", …}], "coverage": …}`."""
    document: dict[str, Any] = {"schema": SCHEMA, "rules": [describe(rule) for rule in selection.shown]}
    if selection.framework is not None:
        items = coverage(selection.framework, selection.rules)
        document["framework"] = selection.framework.value
        document["coverage"] = {item: rules for item, rules in items.items() if rules}
        document["uncovered"] = [item for item, rules in items.items() if not rules]
    return json.dumps(document, indent=2)


def list_table(selection: Selection) -> str:
    """One row a rule; with a framework, one row an article or control."""
    if selection.framework is not None:
        return _coverage_table(selection.framework, selection.rules)
    table = _table("rule", "pack", "severity", "enforcement", "scope", "title")
    for rule in selection.shown:
        row = (rule.id, rule.pack, rule.severity.value, rule.enforcement, rule.scope, rule.title)
        table.add_row(*(Text(cell) for cell in row))
    return f"{render(table)}\n{len(selection.shown)} rules"


def _coverage_table(framework: Framework, rules: Sequence[AnyRule]) -> str:
    items = coverage(framework, rules)
    table = _table(framework.value, "rules")
    for item, serving in items.items():
        if serving:
            table.add_row(Text(label(framework, item)), Text(", ".join(serving)))
    uncovered = [label(framework, item) for item, serving in items.items() if not serving]
    listed = "".join(f"\n  {item}" for item in uncovered)
    return f"{render(table)}\n{len(items) - len(uncovered)} of {len(items)} covered; by no rule:{listed or ' none'}"


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", no_wrap=number == 0)
    return table


def explain_json(rule: AnyRule) -> str:
    """One rule as JSON."""
    return json.dumps({"schema": SCHEMA, "rule": describe(rule)}, indent=2)


LISTINGS: Mapping[str, Callable[[Selection], str]] = {"table": list_table, "json": list_json}
EXPLANATIONS: Mapping[str, Callable[[AnyRule], str]] = {"markdown": rule_page, "json": explain_json}
