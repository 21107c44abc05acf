"""Docs that are made from the code are what the code says now."""

from __future__ import annotations

import pytest
from docs.generate import DOCS, pages

PAGES = pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_committed_page_is_in_step(name: str) -> None:
    committed = (DOCS / name).read_text(encoding="utf-8")
    assert committed == PAGES[name], f"docs/{name} is out of step with the code: run `make docs`"
