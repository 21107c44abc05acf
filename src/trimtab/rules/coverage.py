"""Which rule serves which article or control, and what no rule covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.catalogue import CATALOGUE, base_item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.rules.port import AnyRule, Framework


def coverage(framework: Framework, rules: Iterable[AnyRule]) -> dict[str, list[str]]:
    """Each item of the framework's catalogue, in its order, with the ids of the rules that serve it."""
    covered: dict[str, list[str]] = {item: [] for item in CATALOGUE[framework]}
    for rule in rules:
        for item in dict.fromkeys(base_item(framework, item) for item in rule.frameworks.get(framework, ())):
            covered[item].append(rule.id)
    return covered


def label(framework: Framework, item: str) -> str:
    """The item's number with its short title."""
    return f"{item} {CATALOGUE[framework][item]}"
