"""Docs that are made from the code are what the code says now."""

from __future__ import annotations

import pytest
from docs.generate import DOCS, pages


@pytest.mark.parametrize("name", sorted(pages()))
def test_committed_page_is_in_step(name: str) -> None:
    committed = (DOCS / name).read_text(encoding="utf-8")
    assert committed == pages()[name], f"docs/{name} is out of step with the code: run `make docs`"
