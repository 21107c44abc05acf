"""Golden files: `pytest tests/cost/reports --refresh-goldens` writes them anew; read the diff before you commit it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDENS = Path(__file__).parents[2] / "goldens" / "cost"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one flag."""
    parser.addoption("--refresh-goldens", action="store_true", help="write golden files instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with its golden file."""
    refresh = bool(request.config.getoption("--refresh-goldens", default=False))

    def compare(name: str, text: str) -> None:
        path = GOLDENS / name
        if refresh:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text

    return compare
