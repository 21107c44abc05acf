"""`pulumi up` that was interrupted goes on where it stopped, and converges."""

from __future__ import annotations

import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.stacks.stack_files import STACKS, configuration
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

SOME = 40


@pytest.mark.engine
def test_an_interrupted_update_converges(make_workspace: Callable[..., Workspace], local_cluster: LocalCloud) -> None:
    workspace = make_workspace(STACKS, name="stack-interrupted", config=configuration("local"))
    engine = str(local_cluster.state.engine.folder / "pulumi")
    log = workspace.folder / "up.log"
    with log.open("w", encoding="utf-8") as output:
        running = subprocess.Popen(
            [engine, "up", "--yes", "--skip-preview", "--stack", "test", "--non-interactive", "--color=never"],
            cwd=workspace.folder,
            env=local_cluster.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        wait_until(lambda: log.read_text(encoding="utf-8").count(" created") > SOME, f"{SOME} resources in {log}")
        running.send_signal(signal.SIGINT)
        code = running.wait()
    assert code != 0, "the update was over before it could be interrupted"
    assert "Traceback" not in log.read_text(encoding="utf-8")

    half = len(workspace.export()["deployment"]["resources"])
    whole = workspace.up()
    assert SOME < half < len(whole.resources)
    workspace.preview(flags=["--expect-no-changes"])
