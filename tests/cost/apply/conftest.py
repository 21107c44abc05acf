"""A stack that applies can be tried on."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from tests.cost.apply.stack import CONFIG, PROGRAM, Stack, make_endpoint

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace


@pytest.fixture
def make_stack(local_cloud: LocalCloud, make_workspace: Callable[..., Workspace]) -> Callable[..., Stack]:
    """Builds a stack that is up at 4 instances; `fails_at` names sizes that its update refuses."""

    def make(*, fails_at: tuple[int, ...] = (), endpoint: bool = True) -> Stack:
        name = f"scorer-{secrets.token_hex(4)}"
        workspace = make_workspace(PROGRAM)
        stack = Stack(workspace, local_cloud, name)
        salt = stack.config.read_text(encoding="utf-8").split("config:")[0]
        stack.config.write_text(salt + CONFIG.format(name=name, fails_at=list(fails_at), digest="0" * 64), encoding="utf-8")
        if endpoint:
            make_endpoint(local_cloud, name, 2)
        workspace.up()
        return stack

    return make
