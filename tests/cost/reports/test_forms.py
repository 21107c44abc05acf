"""The same report in four forms: golden where a machine reads it, structural where a person does."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from tests.cost.reports.sample import inputs
from trimtab.cost.model import AdviceDocument
from trimtab.cost.reports import FORMATS, Report, build, to_csv, to_html, to_json, to_markdown
from trimtab.cost.reports.as_csv import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from trimtab.cost.reports import Inputs

VOID = frozenset({"meta", "link", "br", "img", "hr", "input", "wbr"})
BUNDLE_LIMIT = 2_000_000


class Page(HTMLParser):
    """What a structural test asks of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.references: list[str] = []
        self.attributes: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.attributes.append((tag, known))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in known:
            self.ids.append(known["id"])
        self.links += [known[name] for name in ("href", "src", "action", "data", "poster") if name in known]
        self.references += [known[name] for name in ("aria-labelledby", "aria-describedby") if name in known]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"


def empty() -> Inputs:
    """A stack of which nothing is known yet."""
    whole = inputs()
    nothing = AdviceDocument(created=whole.generated, until=whole.generated, strategy="trimtab", advice=())
    return replace(whole, advice=nothing, prices={}, held=(), runs=(), findings=None, waivers=None, budget=None)


@cache
def html() -> str:
    """The sample as a page; drawing it takes a second."""
    return to_html(build(inputs()))


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(html())


def test_json_is_golden_and_reads_back(golden: Callable[[str, str], None]) -> None:
    report = build(inputs())
    text = to_json(report)
    golden("report.json", text + "\n")
    assert json.loads(text)["schema"] == "trimtab.cost.report/1"
    assert Report.model_validate_json(text) == report


def test_markdown_is_golden(golden: Callable[[str, str], None]) -> None:
    golden("report.md", to_markdown(build(inputs())))


def test_csv_is_golden(golden: Callable[[str, str], None]) -> None:
    golden("report.csv", to_csv(build(inputs())))


def test_every_form_is_the_same_twice() -> None:
    report = build(inputs())
    for write in FORMATS.values():
        assert write(report) == write(report)


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_report_of_nothing_is_a_report(form: str) -> None:
    assert FORMATS[form](build(empty())).strip()


def test_the_page_is_whole(page: Page) -> None:
    assert not page.open
    assert len(page.ids) == len(set(page.ids))


def test_the_page_loads_nothing(page: Page) -> None:
    assert {link[0] for link in page.links} == {"#"}
    tags = {tag for tag, _ in page.attributes}
    assert not tags & {"script", "link", "iframe", "object", "embed", "img"}
    text = html()
    assert "://" not in text
    assert "@import" not in text
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", text)
    assert len(text.encode()) < BUNDLE_LIMIT


def test_links_inside_the_page_lead_somewhere(page: Page) -> None:
    for link in (*page.links, *(f"#{name}" for name in page.references)):
        assert link[1:] in page.ids


def test_headings_are_in_order(page: Page) -> None:
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    for above, below in zip(page.headings, page.headings[1:], strict=False):
        assert below - above <= 1


def test_every_plot_says_what_it_shows(page: Page) -> None:
    images = [known for tag, known in page.attributes if known.get("role") == "img"]
    assert len(images) == 9  # month, owner, component, resource, heat, GPUs, promises, two traces
    for known in images:
        assert len(known["aria-label"].split()) > 8
    plots = [known for tag, known in page.attributes if tag == "svg"]
    assert len(plots) == 2 * len(images)
    assert all(known["aria-hidden"] == "true" and "viewbox" in known for known in plots)


def test_every_wide_table_can_be_reached_and_has_headers(page: Page) -> None:
    regions = [known for _, known in page.attributes if known.get("class") == "scroll"]
    assert regions
    assert all(known["tabindex"] == "0" and known["role"] == "region" and known["aria-label"] for known in regions)
    assert all("scope" in known for tag, known in page.attributes if tag == "th")


def test_the_page_has_a_language_a_title_and_a_viewport(page: Page) -> None:
    assert ("html", {"lang": "en"}) in page.attributes
    assert any(known.get("name") == "viewport" for tag, known in page.attributes if tag == "meta")


def test_plots_use_the_page_s_colours() -> None:
    text = html()
    body = text[text.index("<body") :]
    assert not re.search(r"#[0-9a-fA-F]{6}", body)
    assert "var(--used)" in body
    assert "var(--heat3)" in body


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [("ink", "paper", 7.0), ("ink", "panel", 7.0), ("muted", "paper", 4.5), ("muted", "panel", 4.5),
     ("link", "paper", 4.5), ("link", "panel", 4.5), ("good", "panel", 4.5), ("accent", "panel", 4.5),
     ("accent", "paper", 4.5), ("used", "paper", 3.0), ("used", "panel", 3.0)],
)  # fmt: skip
def test_contrast_is_what_wcag_asks(theme: str, front: str, back: str, least: float) -> None:
    """WCAG 2.2: 4.5 for text (1.4.3), 7 for the body's text (1.4.6), 3 for graphics (1.4.11)."""
    text = html()
    blocks = re.findall(r":root \{(.*?)\}", text, flags=re.DOTALL)
    colours = dict(re.findall(r"--([\w]+): (#[0-9a-f]{6})", blocks[0 if theme == "light" else 1]))
    lighter, darker = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_what_a_user_wrote_is_escaped() -> None:
    text = html()
    assert "scratch data &lt;only&gt;" in text
    assert "<only>" not in text
    assert r"scratch data \<only>" in to_markdown(build(inputs()))


def test_focus_columns_and_costs() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(build(inputs())))))
    assert tuple(rows[0]) == COLUMNS
    fraud = next(row for row in rows if row["ResourceId"] == "fraud-scorer")
    # Week to date: Monday 0 h to Tuesday 21 h is 45 hours; 4 instances at 1.408.
    assert Decimal(fraud["PricingQuantity"]) == 180
    assert Decimal(fraud["ListCost"]) == Decimal("253.44")
    unknown = next(row for row in rows if row["ResourceId"] == "old-endpoint")
    assert (unknown["ListCost"], unknown["x_UnpricedReason"]) == ("", "ml.old.xlarge is in no price list")
