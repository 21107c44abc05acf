from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cost.sources.prometheus.record import cluster
from tests.support.prometheus import Prometheus

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """A real Prometheus that recorded the small cluster."""
    with Prometheus(tmp_path_factory.mktemp("record"), series=cluster()) as started:
        yield started
