"""A walk over the registry: a rule without id, page, working examples or true numbers does not pass."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from trimtab.rules import registry
from trimtab.rules.catalogue import CATALOGUE, base_item
from trimtab.rules.check import RuleSet, default_settings
from trimtab.rules.port import AnyRule, Example, Framework
from trimtab.rules.registry import RULES
from trimtab.rules.stack import Stack

if TYPE_CHECKING:
    from trimtab.rules.findings import Finding

FOLDER = Path(inspect.getfile(registry)).parent
DOCS = Path(__file__).parents[2] / "docs" / "policies"
PACKS = ("versioning", "audit", "security", "reliability", "cost")

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def run(rule: AnyRule, example: Example) -> list[Finding]:
    return RuleSet([rule], default_settings([rule])).check(Stack(example.resources, changes=example.changes))


def test_registry_lists_every_rule_file_once() -> None:
    files = {(path.parent.name, path.stem) for pack in PACKS for path in (FOLDER / pack).glob("[a-z]*.py")}
    listed = [(rule.pack, rule.id.replace("-", "_")) for rule in RULES]
    assert len(listed) == len(set(listed))
    assert set(listed) == files


@every_rule
def test_check_lies_in_the_file_that_the_id_names(rule: AnyRule) -> None:
    assert Path(inspect.getfile(rule.check)) == FOLDER / rule.pack / f"{rule.id.replace('-', '_')}.py"


@every_rule
def test_failing_example_fails(rule: AnyRule) -> None:
    found = run(rule, rule.fails)
    assert found
    assert {finding.status for finding in found} == {"finding"}


@every_rule
def test_passing_example_passes(rule: AnyRule) -> None:
    assert run(rule, rule.passes) == []


@every_rule
def test_passing_example_has_something_to_judge(rule: AnyRule) -> None:
    assert any(resource.type in rule.types for resource in rule.passes.resources)


@every_rule
def test_rule_has_its_page(rule: AnyRule) -> None:
    assert (DOCS / "rules" / f"{rule.id}.md").is_file()


@every_rule
def test_numbers_exist_in_their_framework(rule: AnyRule) -> None:
    for framework, items in rule.frameworks.items():
        assert items
        assert {base_item(framework, item) for item in items} <= set(CATALOGUE[framework])


@every_rule
def test_remedy_is_a_sentence_and_its_code_is_python(rule: AnyRule) -> None:
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert rule.remedy.endswith(":")
    assert "\n" not in rule.code
    forms = (rule.code, f"call({rule.code})", f"{{{rule.code}}}")
    assert any(_parses(form) for form in forms), rule.code


@every_rule
def test_settings_have_a_description(rule: AnyRule) -> None:
    for name, field in rule.config.model_fields.items():
        assert field.description, name


def test_titles_tell_rules_apart() -> None:
    assert len({rule.title for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("framework", list(Framework))
def test_every_framework_is_served(framework: Framework) -> None:
    assert any(framework in rule.frameworks for rule in RULES)


def test_catalogue_has_the_published_numbers_of_entries() -> None:
    assert len(CATALOGUE[Framework.ISO_42001]) == 38
    assert len(CATALOGUE[Framework.NIST_AI_RMF]) == 72
    assert len(CATALOGUE[Framework.SOC_2]) == 38


@pytest.mark.parametrize("framework", list(Framework))
def test_every_entry_has_a_title(framework: Framework) -> None:
    assert [item for item, title in CATALOGUE[framework].items() if not title] == []


def test_each_pack_folder_serves_its_own_rules() -> None:
    packs = Path(__file__).parents[2] / "policies"
    assert {path.name for path in packs.iterdir() if path.is_dir()} == {*PACKS, "all"}
    assert 'serve_pack("all")' in (packs / "all" / "__main__.py").read_text(encoding="utf-8")
    for pack in PACKS:
        assert f'serve_pack("{pack}")' in (packs / pack / "__main__.py").read_text(encoding="utf-8")
        assert any(rule.pack == pack for rule in RULES)


def _parses(code: str) -> bool:
    try:
        ast.parse(code, mode="eval")
    except SyntaxError:
        return False
    return True
