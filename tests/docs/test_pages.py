"""Every entry of every registry has its page, and every link of a page leads somewhere."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import pytest
from docs.catalogue import entries
from docs.generate import DOCS, stale
from docs.handles import REGISTERING
from docs.sources import SOURCES
from docs.waste import verdict
from docs.waste_examples import EXAMPLES

from trimtab import components
from trimtab.cli.cost.recommend import recommend
from trimtab.cost import sources
from trimtab.cost.account import ACCOUNT_KINDS
from trimtab.cost.kinds import KINDS
from trimtab.rules.registry import RULES

if TYPE_CHECKING:
    from trimtab.cost.account.base import AccountKind

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
ENTRIES = {(what, name): page for what, pages in entries().items() for name, page in pages.items()}


def test_every_registry_is_in_the_catalogue() -> None:
    named = {name for _, name in ENTRIES}
    assert named == {*components.__all__, *KINDS, *ACCOUNT_KINDS, *SOURCES, *(rule.id for rule in RULES)}
    assert len(ENTRIES) == len(components.__all__) + len(KINDS) + len(ACCOUNT_KINDS) + len(SOURCES) + len(RULES)


def test_every_entry_has_its_page() -> None:
    missing = [entry for entry, page in ENTRIES.items() if not (DOCS / page).is_file()]
    assert not missing, "run `make docs`"


def test_no_page_is_of_an_entry_that_is_gone() -> None:
    assert stale() == []


def test_every_class_that_offers_a_port_is_a_source() -> None:
    modules = [import_module(found.name) for found in walk_packages(sources.__path__, f"{sources.__name__}.")]
    offering = {
        cls
        for module in modules
        if module.__name__ != "trimtab.cost.sources.port"
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__ == module.__name__
        and any(inspect.isfunction(vars(cls).get(method)) for method in ("samples", "resources"))
    }
    assert offering == {source.cls for source in SOURCES.values()}


def test_every_choice_of_source_is_one() -> None:
    (option,) = [one for one in recommend.params if one.name == "source"]
    choices = set(option.to_info_dict()["type"]["choices"])
    elsewhere = {name for name, source in SOURCES.items() if source.option.startswith("--engine")}
    assert choices == {name for name, source in SOURCES.items() if source.gives == "samples"} - elsewhere


def test_every_component_with_handles_is_asked_for_them() -> None:
    own = {name: Path(inspect.getfile(getattr(components, name))) for name in components.__all__}
    registering = {name for name, path in own.items() if "self.handle(" in path.read_text(encoding="utf-8")}
    assert registering == set(REGISTERING)


def test_every_account_kind_has_an_example() -> None:
    assert set(EXAMPLES) == set(ACCOUNT_KINDS)


@pytest.mark.parametrize("kind", ACCOUNT_KINDS.values(), ids=list(ACCOUNT_KINDS))
def test_its_example_is_judged(kind: AccountKind) -> None:
    said = verdict(kind)
    assert said is not None
    assert said.unpriced or said.before


def test_every_link_leads_to_a_file() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in PAGES
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert not broken
