"""Running rules over resources: one rule on one resource, one resource under all rules, a stack under all rules.

The runtime packs and the offline check call the same functions, so both give the same findings.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from trimtab.rules.findings import Finding, Status
from trimtab.rules.port import AnyRule, Enforcement, ResourceRule, RuleConfig, StackRule
from trimtab.rules.values import Undecidable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


@dataclass(frozen=True)
class Setting:
    """How one rule runs: its enforcement and its own configuration."""

    enforcement: Enforcement
    config: RuleConfig


@dataclass(frozen=True)
class RuleSet:
    """The rules of a run with their settings, indexed by the type they look at."""

    rules: Sequence[AnyRule]
    settings: Mapping[str, Setting]

    @cached_property
    def _resource_rules(self) -> Mapping[str, Sequence[ResourceRule[Any]]]:
        index: dict[str, list[ResourceRule[Any]]] = defaultdict(list)
        for rule in self._enabled():
            if isinstance(rule, ResourceRule):
                for token in rule.types:
                    index[token].append(rule)
        return index

    @cached_property
    def _stack_rules(self) -> Sequence[StackRule[Any]]:
        return [rule for rule in self._enabled() if isinstance(rule, StackRule)]

    def _enabled(self) -> Iterator[AnyRule]:
        return (rule for rule in self.rules if self.settings[rule.id].enforcement != "disabled")

    def check_resource(self, resource: Resource) -> list[Finding]:
        """Findings of the resource rules on one resource; one that Pulumi only reads is another's to mend."""
        found: list[Finding] = []
        if resource.external:
            return found
        for rule in self._resource_rules.get(resource.type, ()):
            setting = self.settings[rule.id]
            found += _collect(rule, setting, resource, rule.check(resource, setting.config))
        return found

    def check_stack(self, stack: Stack) -> list[Finding]:
        """Findings of the stack rules over a whole stack."""
        found: list[Finding] = []
        for rule in self._stack_rules:
            setting = self.settings[rule.id]
            for resource in stack.of(*rule.types):
                found += _collect(rule, setting, resource, _over(rule, resource, stack, setting.config))
        return found

    def check(self, stack: Stack) -> list[Finding]:
        """Findings of all rules, the worst first."""
        found = [finding for resource in stack.resources for finding in self.check_resource(resource)]
        return sorted([*found, *self.check_stack(stack)], key=lambda finding: finding.order)


def _over(rule: StackRule[Any], resource: Resource, stack: Stack, config: RuleConfig) -> Iterator[str]:
    if stack.left_out and rule.whole:
        raise Undecidable(
            f"the preview leaves out {stack.left_out} unchanged resources; add --show-sames to `pulumi preview --json`"
        )
    yield from rule.check(resource, stack, config)


def default_settings(rules: Iterable[AnyRule]) -> dict[str, Setting]:
    """The settings that the rules themselves name."""
    return {rule.id: Setting(rule.enforcement, rule.config()) for rule in rules}


def _collect(rule: AnyRule, setting: Setting, resource: Resource, messages: Iterable[str]) -> list[Finding]:
    found: list[Finding] = []
    try:
        for message in messages:
            found.append(_finding(rule, setting, resource, message, "finding"))  # noqa: PERF401  # keeps what came before a stop
    except Undecidable as reason:
        # What was certain before the rule had to stop stays.
        found.append(_finding(rule, setting, resource, str(reason), "unknown"))
    return found


def _finding(rule: AnyRule, setting: Setting, resource: Resource, message: str, status: Status) -> Finding:
    return Finding(
        rule=rule.id,
        pack=rule.pack,
        severity=rule.severity,
        enforcement=setting.enforcement,
        urn=resource.urn,
        message=message,
        remedy=f"{rule.remedy} {rule.code}",
        status=status,
        source=resource.source,
    )
