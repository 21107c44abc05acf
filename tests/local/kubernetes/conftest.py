"""Clusters that a test may harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support import LocalCloud


@pytest.fixture
def own_cluster(own_cloud: LocalCloud) -> LocalCloud:
    """A local cloud with a cluster, of this test alone."""
    own_cloud.kubernetes()
    return own_cloud
