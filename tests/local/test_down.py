"""`trimtab local down` and `env`, and the processes that live with the cloud."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest

from trimtab.local import companions, processes
from trimtab.local.health import answers
from trimtab.local.state import load
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from tests.support import LocalCloud

pytestmark = pytest.mark.engine

SLEEP = "import os, time; print(os.environ['AWS_ENDPOINT_URL'], flush=True); time.sleep(600)"


def test_down_ends_what_up_started_and_keeps_the_rest(own_cloud: LocalCloud) -> None:
    state = own_cloud.state
    ended = own_cloud.trimtab("local", "down")
    assert ended.code == 0
    assert ended.stdout == f"ended the AWS process (process {state.cloud.pid}).\n"
    assert not processes.is_running(state.cloud)
    assert not answers(state.port)
    assert own_cloud.home.backend.is_dir()
    assert own_cloud.trimtab("local", "down").stdout == "the local cloud was not running.\n"
    assert own_cloud.trimtab("local", "env").code == 3


def test_purge_removes_the_files_and_no_build(own_cloud: LocalCloud) -> None:
    assert own_cloud.trimtab("local", "down", "--purge").code == 0
    assert not own_cloud.home.local.exists()
    assert any(own_cloud.home.builds.iterdir())


def test_a_cloud_started_after_down_does_not_believe_old_state(own_cloud: LocalCloud) -> None:
    stack = own_cloud.home.backend / ".pulumi" / "stacks" / "p" / "dev.json"
    stack.parent.mkdir(parents=True)
    stack.write_text("{}", encoding="utf-8")
    own_cloud.trimtab("local", "down")
    assert stack.exists(), "down alone moves nothing"
    assert "it was moved to" in own_cloud.trimtab("local", "up", "--without-kubernetes").stderr
    assert not stack.exists()


def test_the_shell_form_leads_a_shell_to_this_cloud(local_cloud: LocalCloud) -> None:
    exports = local_cloud.trimtab("local", "env").stdout
    script = f"{exports}\ncommand -v pulumi; echo $AWS_ENDPOINT_URL; echo ${{AWS_PROFILE-unset}}; echo $PATH"
    env = {"PATH": "/usr/bin:/bin", "AWS_PROFILE": "a-real-account"}
    told = subprocess.run(["/bin/sh", "-c", script], env=env, capture_output=True, text=True, check=True)
    folder = local_cloud.state.engine.folder
    assert told.stdout.splitlines() == [
        f"{folder}/pulumi",
        local_cloud.endpoint,
        "unset",
        f"{folder}:/usr/bin:/bin",
    ]


def test_the_three_forms_say_the_same(local_cloud: LocalCloud) -> None:
    told = json.loads(local_cloud.trimtab("local", "env", "--format", "json").stdout)
    github = local_cloud.trimtab("local", "env", "--format", "github").stdout
    shell = local_cloud.trimtab("local", "env").stdout
    assert dict(line.split("=", 1) for line in github.splitlines()) == told
    for name, value in told.items():
        if name != "PATH":
            assert f"export {name}={value}" in shell
    assert told["PULUMI_BACKEND_URL"] == f"file://{local_cloud.home.backend}"
    assert told["PULUMI_HOME"] == str(local_cloud.home.pulumi_home)


def test_a_companion_runs_in_the_clouds_environment_and_ends_with_it(own_cloud: LocalCloud) -> None:
    command = [sys.executable, "-c", SLEEP]
    record = companions.start(own_cloud.home, "load", command)
    assert processes.await_line(record, lambda line: line == own_cloud.endpoint, 30)
    assert companions.start(own_cloud.home, "load", command) == record, "one that runs is left alone"
    with pytest.raises(UserError, match=f"'load' \\(pid {record.pid}\\) runs another command"):
        companions.start(own_cloud.home, "load", [sys.executable, "-c", "pass"])
    shown = json.loads(own_cloud.trimtab("local", "status", "--format", "json").stdout)
    assert [(item["name"], item["running"]) for item in shown["processes"]][1] == ("load", True)
    own_cloud.trimtab("local", "down")
    assert not psutil.pid_exists(record.pid) or not processes.is_running(record)


def test_a_companion_can_be_ended_alone(local_cloud: LocalCloud) -> None:
    record = companions.start(local_cloud.home, "load", [sys.executable, "-c", SLEEP])
    assert companions.stop(local_cloud.home, "load")
    assert not processes.is_running(record)
    assert not companions.stop(local_cloud.home, "load")
    state = load(local_cloud.home.state_file)
    assert state is not None
    assert state.processes == {}
    assert processes.is_running(state.cloud)


def test_a_companion_needs_a_running_cloud(stopped_cloud: LocalCloud) -> None:
    with pytest.raises(WorldError, match="the local cloud does not run"):
        companions.start(stopped_cloud.home, "load", [sys.executable, "-c", SLEEP])
