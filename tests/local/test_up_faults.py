"""`trimtab local up` on a machine that does not let it, and when it is interrupted."""

from __future__ import annotations

import os
import signal
import socket
from typing import TYPE_CHECKING

import pytest

from tests.support import Workspace
from tests.support.cloud import home_variables, start, trimtab
from tests.support.waiting import wait_for_child, wait_until
from trimtab.local.atomic import write_script
from trimtab.local.state import load

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import LocalCloud

pytestmark = pytest.mark.engine


def test_a_taken_port_is_named_with_a_remedy(stopped_cloud: LocalCloud) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = stopped_cloud.trimtab("local", "up", "--without-kubernetes", "--port", str(port))
    assert refused.code == 2
    assert f"--port {port}: cannot be used on 127.0.0.1: Address already in use" in refused.stderr
    assert f"process {os.getpid()}" in refused.stderr
    assert "remedy: name another port" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not stopped_cloud.home.state_file.exists()


def test_another_port_than_the_running_one_is_refused(local_cloud: LocalCloud) -> None:
    refused = local_cloud.trimtab("local", "up", "--without-kubernetes", "--port", "1")
    assert refused.code == 2
    assert f"runs on port {local_cloud.state.port} already" in refused.stderr


def test_a_broken_state_file_is_named_and_can_be_purged(stopped_cloud: LocalCloud) -> None:
    state_file = stopped_cloud.home.state_file
    state_file.parent.mkdir(parents=True)
    state_file.write_text('{"schema_version": 1, "port', encoding="utf-8")
    for command in ("up", "status", "env", "down"):
        refused = stopped_cloud.trimtab("local", command)
        assert refused.code == 3
        assert f"{state_file} cannot be read" in refused.stderr
        assert "local down --purge" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert stopped_cloud.trimtab("local", "down", "--purge").code == 0
    assert not stopped_cloud.home.local.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_up_leaves_no_process(stopped_cloud: LocalCloud, number: signal.Signals) -> None:
    run = stopped_cloud.start("local", "up", "--without-kubernetes")
    cloud = wait_for_child(run.pid, "trimtab.local.cloud")
    run.send_signal(number)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130, said
    assert "interrupted; nothing was left half done" in said
    assert "Traceback" not in said
    assert not cloud.is_running()
    assert not stopped_cloud.home.state_file.exists()


SLOW_GO = """#!/bin/sh
case "$1" in
  env) echo go1.99.0 ;;
  mod) echo '{"Dir": "/modules/pkg", "GoMod": "/modules/pkg.mod"}' ;;
  build) touch "$STARTED"; exec sleep 600 ;;
esac
"""


def test_an_interrupted_build_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    write_script(tmp_path / "path" / "go", SLOW_GO)
    started = tmp_path / "started"
    env = {
        "PATH": f"{tmp_path / 'path'}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "TRIMTAB_HOME": str(tmp_path / "home"),
        "STARTED": str(started),
        "http_proxy": "http://127.0.0.1:1",
        "https_proxy": "http://127.0.0.1:1",
    }
    with start("local", "up", "--without-kubernetes", env=env) as run:
        wait_until(started.exists, "the build to start")
        compiler = wait_for_child(run.pid, "600")
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)
    assert run.returncode == 130, said
    assert "building the Pulumi engine" in said
    assert "interrupted; nothing was left half done" in said
    assert "Traceback" not in said
    assert not compiler.is_running()
    assert [path.name for path in (tmp_path / "home" / "builds").iterdir()] == [".locks"]


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused = trimtab("local", "up", "--without-kubernetes", env={**os.environ, "TRIMTAB_HOME": str(tmp_path / "file")})
    assert refused.code == 3
    assert "preparing the local cloud: " in refused.stderr
    assert "set TRIMTAB_HOME to a folder that can" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_aws_that_cannot_start_is_told_with_its_last_word(stopped_cloud: LocalCloud, tmp_path: Path) -> None:
    broken = tmp_path / "broken" / "moto"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('moto is broken here')", encoding="utf-8")
    env = {**os.environ, **home_variables(stopped_cloud.home), "PYTHONPATH": str(broken.parent)}
    refused = trimtab("local", "up", "--without-kubernetes", env=env)
    assert refused.code == 3
    assert "the AWS process did not come up; it said last: ImportError: moto is broken here" in refused.stderr
    assert f"remedy: read {stopped_cloud.home.logs / 'cloud.log'}" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not stopped_cloud.home.state_file.exists()


def test_two_ups_at_once_start_one_cloud(stopped_cloud: LocalCloud) -> None:
    runs = [stopped_cloud.start("local", "up", "--without-kubernetes") for _ in range(2)]
    ended = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], ended
    state = load(stopped_cloud.home.state_file)
    assert state is not None
    assert all(f"(process {state.cloud.pid})" in told for told, _ in ended), "each would name a cloud of its own"


BUCKET = 'import pulumi_aws as aws\n\naws.s3.Bucket("data", force_destroy=True)\n'


def test_an_update_against_a_killed_aws_is_told_with_a_remedy(own_cloud: LocalCloud, tmp_path: Path) -> None:
    workspace = Workspace(own_cloud, tmp_path / "w", program=BUCKET, name="killed")
    os.kill(own_cloud.state.cloud.pid, signal.SIGKILL)
    failed = workspace.pulumi("up", "--yes", "--skip-preview")
    said = failed.stdout + failed.stderr
    assert failed.code != 0
    assert "the cloud does not answer" in said
    assert "remedy: run `trimtab local status`" in said
    assert "Traceback" not in said
