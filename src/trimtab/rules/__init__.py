"""Policy rules: what a rule is written against. `trimtab.rules.registry` lists the rules themselves."""

from __future__ import annotations

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity, StackRule

__all__ = ["Framework", "ResourceRule", "RuleConfig", "Severity", "StackRule", "example", "resource"]
