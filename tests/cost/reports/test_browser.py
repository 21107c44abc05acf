"""The report and a page of advice in a real browser: they fit the screen, everybody can read them, and they print."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.cost.reports.sample import abstained, inputs, resource
from trimtab.cli.cost.advice_html import advice_html
from trimtab.cost.model import AdviceDocument
from trimtab.cost.reports import build, to_html
from trimtab.cost.reports.cut import MOST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    Scheme = Literal["light", "dark"]
    Show = Callable[..., Page]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH: the report is not opened in a browser")

PHONE, TABLET, DESK = 375, 768, 1440
widths = pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as made:
        chromium = made.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield chromium
        chromium.close()


def _empty() -> str:
    whole = inputs()
    nothing = AdviceDocument(created=whole.generated, until=whole.generated, strategy="trimtab", advice=())
    return to_html(build(replace(whole, advice=nothing, prices={}, held=(), runs=(), findings=(), waivers=())))


def _long() -> str:
    """More resources than a table shows, with names longer than a phone is wide."""
    whole = inputs()
    more = tuple(abstained(resource(f"platform-team/Deployment/{'long-' * 12}{at}/server")) for at in range(MOST + 20))
    prices = {one.lead.resource_id: whole.prices["fraud-scorer"] for one in more[: MOST + 10]}
    document = whole.advice.model_copy(update={"advice": (*whole.advice.advice, *more)})
    return to_html(build(replace(whole, advice=document, prices={**whole.prices, **prices})))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """As files: the sample, the report of a stack without anything, one of many resources; and a page of advice."""
    folder = tmp_path_factory.mktemp("pages")
    texts = {
        "sample": to_html(build(inputs())),
        "empty": _empty(),
        "long": _long(),
        "advice": advice_html(inputs().advice),
    }
    paths = {name: folder / f"{name}.html" for name in texts}
    for name, path in paths.items():
        path.write_text(texts[name], encoding="utf-8")
    return paths


@pytest.fixture
def show(browser: Browser, pages: dict[str, Path]) -> Iterator[Show]:
    """Opens a report; what it asks the network for and what goes wrong on it fails the test."""
    opened: list[Any] = []
    wrong: list[str] = []

    def open_page(name: str, *, width: int = DESK, scheme: Scheme = "light", unfolded: bool = False) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith("file:") else wrong.append(asked.url))
        page.goto(pages[name].as_uri())
        if unfolded:
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        return page

    yield open_page
    for context in opened:
        context.close()
    assert wrong == []


@widths
@pytest.mark.parametrize("name", ["sample", "empty", "long", "advice"])
def test_it_fits_the_screen(name: str, width: int, show: Show) -> None:
    page = show(name, width=width, unfolded=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@widths
def test_each_plot_is_drawn_once(width: int, show: Show) -> None:
    page = show("sample", width=width)
    drawn = "[...document.querySelectorAll('svg')].filter((one) => one.getBoundingClientRect().height > 40).length"
    assert page.evaluate(drawn) == page.locator("[role=img]").count()


_OVERLAPS = """() => [...document.querySelectorAll('svg')].flatMap((svg) => {
  const texts = [...svg.querySelectorAll('text')]
    .map((one) => ({text: one.textContent, box: one.getBoundingClientRect()}))
    .filter((one) => one.box.width > 0);
  return texts.flatMap((a, at) => texts.slice(at + 1)
    .filter((b) => a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1
      && a.box.top < b.box.bottom - 3 && b.box.top < a.box.bottom - 3)
    .map((b) => `${a.text} | ${b.text}`));
})"""


@widths
@pytest.mark.parametrize("name", ["sample", "long"])
def test_no_label_of_a_plot_lies_over_another(name: str, width: int, show: Show) -> None:
    assert show(name, width=width).evaluate(_OVERLAPS) == []


@schemes
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("name", ["sample", "empty", "long", "advice"])
def test_axe_finds_nothing_serious(name: str, width: int, scheme: Scheme, show: Show) -> None:
    found = Axe().run(show(name, width=width, scheme=scheme, unfolded=True)).response
    grave = [
        (one["id"], one["nodes"][0]["target"], one["nodes"][0]["failureSummary"])
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    assert grave == []


def test_axe_looked_at_the_page(show: Show) -> None:
    """A page that axe does find wrong is found wrong: the test above can fail."""
    page = show("sample")
    page.evaluate("document.querySelector('.note').style.color = '#eeeeee'")
    found = Axe().run(page).response
    assert [one["impact"] for one in found["violations"] if one["id"] == "color-contrast"] == ["serious"]


def test_the_first_key_leads_past_the_navigation(show: Show) -> None:
    page = show("sample")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the figures"
    assert skip.evaluate("(one) => one.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


_FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  return {name: one.getAttribute('aria-label') || one.textContent.trim(), tag: one.tagName,
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0};
}"""


@schemes
def test_the_keyboard_reaches_every_link_fold_and_table_and_shows_where_it_is(scheme: Scheme, show: Show) -> None:
    page = show("sample", width=PHONE, scheme=scheme, unfolded=True)
    wanted = page.locator("a, summary, .scroll").count()
    reached = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(_FOCUSED))
    assert [one["name"] for one in reached if one["tag"] == "BODY" or not one["seen"] or one["outline"] < 2] == []
    assert len({(one["tag"], one["name"]) for one in reached}) > wanted / 2
    assert sum(one["tag"] == "DIV" for one in reached) == page.locator(".scroll").count()


def test_a_table_scrolls_by_keyboard(show: Show) -> None:
    page = show("long", width=PHONE, unfolded=True)
    table = page.get_by_role("region", name="All resources, table")
    table.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_paper_gets_what_is_folded_on_a_screen_and_nothing_is_cut_off(show: Show) -> None:
    page = show("long", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 680, "height": 1000})  # A4 without its margins, 180 mm at 96 dpi
    assert page.get_by_role("cell", name="$4,111").first.is_visible()
    too_wide = page.locator(".scroll").evaluate_all("(all) => all.filter((one) => one.scrollWidth > one.clientWidth)")
    assert too_wide == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF")
