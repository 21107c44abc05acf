"""Fixtures of the whole suite."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import LocalCloud, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> Iterator[None]:
    """Give what tests start a SIGINT that works, also where the tests run in the background of a script."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def local_cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    """A local cloud that runs for the session: engine, backend, AWS over moto on a free port."""
    with LocalCloud(tmp_path_factory.mktemp("cloud")) as cloud:
        yield cloud


@pytest.fixture(scope="session")
def local_cluster(local_cloud: LocalCloud) -> LocalCloud:
    """The session's local cloud with a Kubernetes API server, started by the first test that asks for it.

    Ask for it beside `make_workspace`: programs then find the cluster by KUBECONFIG. `local_cluster.kubernetes()` is a
    client of it.
    """
    local_cloud.kubernetes()
    return local_cloud


@pytest.fixture
def make_workspace(local_cloud: LocalCloud, tmp_path: Path) -> Iterator[Callable[..., Workspace]]:
    """Builds Workspaces on the session's cloud; their resources are destroyed after the test."""
    made: list[Workspace] = []

    def make(program: str | Path, **options: Any) -> Workspace:
        name = options.pop("name", f"workspace{len(made)}-{abs(hash(tmp_path)) % 10**8}")
        workspace = Workspace(local_cloud, tmp_path / name, program=program, name=name, **options)
        made.append(workspace)
        return workspace

    yield make
    for workspace in made:
        if workspace.export()["deployment"].get("resources"):
            workspace.destroy(check=False)
