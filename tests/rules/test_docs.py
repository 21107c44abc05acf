"""The pages are in step with the rules, and the code in them runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml import YAML

from tests.rules.runtime.packs import start, stop
from trimtab.rules.docs import stale_pages
from trimtab.rules.examples import example, resource
from trimtab.rules.registry import RULES
from trimtab.rules.settings import read_settings
from trimtab.rules.waivers import read_waivers

if TYPE_CHECKING:
    import pytest

DOCS = Path(__file__).parents[2] / "docs" / "policies"
CONFIG = "aws:sagemaker/endpointConfiguration:EndpointConfiguration"


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def test_pages_are_in_step() -> None:
    assert stale_pages(DOCS) == [], "run `trimtab policy docs -o docs/policies`"


def test_links_lead_somewhere() -> None:
    for page in DOCS.rglob("*.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).is_file(), f"{page}: {link}"


def test_ones_own_rule_is_short_and_runs(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("write-your-own-rule.md", "python")
    assert len(code.splitlines()) < 20
    (settings,) = blocks("write-your-own-rule.md", "yaml")
    assert YAML(typ="safe").load(settings)["runtime"]["name"] == "python"
    (tmp_path / "__main__.py").write_text(code, encoding="utf-8")
    pack = start(tmp_path, tmp_path)
    old = example(resource(CONFIG, "a", productionVariants=[{"instanceType": "ml.m4.large"}]))
    new = example(resource(CONFIG, "a", productionVariants=[{"instanceType": "ml.m7i.large"}]))
    said = pack.findings(old.resources)
    assert {(rule, text) for rule, _, text in said} == {
        ("no-old-machines", "productionVariants[0] runs on ml.m4.large, which AWS no longer builds")
    }
    assert pack.findings(new.resources) == set()
    assert stop(pack) == 0
    assert "Traceback" not in capfd.readouterr().err


def test_the_settings_and_waivers_of_the_page_are_read(tmp_path: Path) -> None:
    (settings,) = blocks("README.md", "json")
    (tmp_path / "c.json").write_text(settings, encoding="utf-8")
    assert read_settings(tmp_path / "c.json", RULES)["budget-exists"].enforcement == "disabled"
    (waivers,) = blocks("README.md", "yaml")
    (tmp_path / "w.yaml").write_text(waivers, encoding="utf-8")
    assert len(read_waivers(tmp_path / "w.yaml", {rule.id for rule in RULES}).waivers) == 1
