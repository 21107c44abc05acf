"""`trimtab local up`, from whatever state it finds."""

from __future__ import annotations

import json
import os
import signal
from typing import TYPE_CHECKING

import psutil
import pytest

from trimtab.local import processes
from trimtab.local.backend import has_stacks
from trimtab.local.health import answers
from trimtab.local.state import load, save

if TYPE_CHECKING:
    from tests.support import LocalCloud

pytestmark = pytest.mark.engine


def test_a_second_up_finds_it_running(local_cloud: LocalCloud) -> None:
    before = local_cloud.state
    again = local_cloud.trimtab("local", "up", "--without-kubernetes")
    assert again.code == 0, again.stderr
    assert f"{local_cloud.endpoint} (process {before.cloud.pid})" in again.stdout
    assert load(local_cloud.home.state_file) == before
    plugin = next(local_cloud.home.pulumi_home.glob("plugins/resource-aws-v*/pulumi-resource-aws"))
    assert os.access(plugin, os.X_OK)


def test_a_killed_aws_is_started_anew_and_the_stale_state_set_aside(own_cloud: LocalCloud) -> None:
    before = own_cloud.state
    stack = own_cloud.home.backend / ".pulumi" / "stacks" / "p" / "dev.json"
    stack.parent.mkdir(parents=True)
    stack.write_text("{}", encoding="utf-8")
    os.kill(before.cloud.pid, signal.SIGKILL)

    assert own_cloud.trimtab("local", "status").stdout.startswith("state            dead")
    refused = own_cloud.trimtab("local", "env")
    assert (refused.code, refused.stdout) == (3, "")
    assert f"process {before.cloud.pid} of the local cloud is gone" in refused.stderr
    assert "remedy: run `trimtab local up`" in refused.stderr

    again = own_cloud.trimtab("local", "up", "--without-kubernetes")
    assert again.code == 0, again.stderr
    assert "is gone, and with it every resource it held" in again.stderr
    assert "described a cloud that is gone; it was moved to" in again.stderr
    after = load(own_cloud.home.state_file)
    assert after is not None
    assert after.cloud.pid != before.cloud.pid
    assert answers(after.port)
    assert not has_stacks(own_cloud.home.backend)
    assert len(list(own_cloud.home.local.glob("backend-of-a-lost-cloud-*/.pulumi/stacks/p/dev.json"))) == 1


def test_a_hanging_aws_counts_as_gone(own_cloud: LocalCloud) -> None:
    before = own_cloud.state
    os.kill(before.cloud.pid, signal.SIGSTOP)
    again = own_cloud.trimtab("local", "up", "--without-kubernetes")
    assert again.code == 0, again.stderr
    after = load(own_cloud.home.state_file)
    assert after is not None
    assert after.cloud.pid != before.cloud.pid
    assert not processes.is_running(before.cloud), "the hanging process was left behind"


def test_a_recycled_process_id_is_never_touched(own_cloud: LocalCloud) -> None:
    before = own_cloud.state
    os.kill(before.cloud.pid, signal.SIGKILL)
    # The state file now names a process that is not the one it knew: this very test.
    me = psutil.Process()
    recycled = before.cloud.model_copy(update={"pid": me.pid})
    save(own_cloud.home.state_file, before.model_copy(update={"cloud": recycled}))
    ended = own_cloud.trimtab("local", "down")
    assert ended.code == 0, ended.stderr
    assert f"(process {me.pid}) had ended before" in ended.stdout
    assert not own_cloud.home.state_file.exists()
    assert own_cloud.trimtab("local", "status").code == 1


def test_status_says_the_same_in_json(local_cloud: LocalCloud) -> None:
    found = local_cloud.trimtab("local", "status", "--format", "json")
    assert found.code == 0
    told = json.loads(found.stdout)
    assert told["schema"] == "trimtab.local.status/v1"
    assert (told["state"], told["endpoint"]) == ("up", local_cloud.endpoint)
    assert told["processes"][0] == {
        "name": "the AWS process",
        "pid": local_cloud.state.cloud.pid,
        "running": True,
        "log": str(local_cloud.home.logs / "cloud.log"),
    }


def test_two_ups_at_once_start_one_cloud(stopped_cloud: LocalCloud) -> None:
    runs = [stopped_cloud.start("local", "up", "--without-kubernetes") for _ in range(2)]
    told = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    assert told[0][0] == told[1][0]
    assert "AWS answers at http://127.0.0.1:" in told[0][0]
