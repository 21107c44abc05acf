from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trimtab.cost.sources.engine import connect

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend


@pytest.fixture(scope="session")
def connection() -> Backend:
    return connect()
