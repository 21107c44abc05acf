"""Local clouds that a test may harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import LocalCloud

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def own_cloud(tmp_path: Path) -> Iterator[LocalCloud]:
    """A running local cloud of this test alone."""
    with LocalCloud(tmp_path / "home") as cloud:
        yield cloud


@pytest.fixture
def stopped_cloud(tmp_path: Path) -> Iterator[LocalCloud]:
    """One that was not started; whatever a test starts in it is ended."""
    cloud = LocalCloud(tmp_path / "home")
    try:
        yield cloud
    finally:
        cloud.down()
