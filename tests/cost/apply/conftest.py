"""Stacks that applies can be tried on; one with something of it in the cloud, one without, which is faster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cost.apply.stack import PROGRAM, Stack
from tests.support import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support import LocalCloud


def _stack(cloud: LocalCloud, factory: pytest.TempPathFactory, name: str, *, bucket: bool) -> Iterator[Stack]:
    workspace = Workspace(cloud, factory.mktemp(name), program=PROGRAM, name=name)
    yield Stack.made(workspace, bucket=bucket)
    workspace.destroy(check=False)
    workspace.pulumi("stack", "rm", "--yes", "--force")


@pytest.fixture(scope="module")
def stack(local_cloud: LocalCloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack with a bucket; every test leaves it at its first size."""
    yield from _stack(local_cloud, tmp_path_factory, "applied", bucket=True)


@pytest.fixture(scope="module")
def light_stack(local_cloud: LocalCloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of a component alone."""
    yield from _stack(local_cloud, tmp_path_factory, "light", bucket=False)
