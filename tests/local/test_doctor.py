"""`trimtab doctor` finds the gaps and tells what to do."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cloud import trimtab
from trimtab.local.doctor import CHECKS, Site, State, examine
from trimtab.local.doctor.model import Answer, Check
from trimtab.local.home import Home
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from tests.support import Finished, LocalCloud

ROOT = Path(__file__).parents[2]
PACK = Path(__file__).parent / "langhost" / "pack"
SYSTEM_PATH = "/usr/bin:/bin"


def checks_of(finished: Finished) -> dict[str, dict[str, Any]]:
    told = json.loads(finished.stdout)
    assert told["schema"] == "trimtab.doctor/v1"
    return {check["check"]: check for check in told["checks"]}


def bare(tmp_path: Path, **others: str) -> dict[str, str]:
    """The environment of a machine that has nothing but Python."""
    return {"PATH": SYSTEM_PATH, "HOME": str(tmp_path), "TRIMTAB_HOME": str(tmp_path / "home"), **others}


def test_a_bare_machine_has_gaps_with_remedies(tmp_path: Path) -> None:
    finished = trimtab("doctor", "--format", "json", "--project", str(tmp_path), env=bare(tmp_path))
    checks = checks_of(finished)
    assert finished.code == 1
    assert list(checks) == [check.id for check in CHECKS]
    states = {name: check["state"] for name, check in checks.items()}
    assert states == {
        "python": "ok",
        "disk": "ok",
        "go": "info",
        "engine": "gap",
        "language-host": "gap",
        "aws-plugin": "gap",
        "kubernetes": "info",
        "local-cloud": "info",
        "aws-credentials": "info",
        "policy-packs": "info",
    }
    assert all(check["remedy"] for check in checks.values() if check["state"] == "gap")
    assert "trimtab local up" in checks["engine"]["remedy"]


@pytest.mark.engine
def test_a_machine_with_a_running_cloud_has_none(local_cloud: LocalCloud, tmp_path: Path) -> None:
    pack = tmp_path / "policies" / "one"
    pack.parent.mkdir()
    pack.symlink_to(PACK)
    finished = local_cloud.trimtab("doctor", "--format", "json", "--project", str(tmp_path))
    checks = checks_of(finished)
    assert finished.code == 0, finished.stdout
    assert checks["policy-packs"]["found"] == "one (1 rules)"
    assert f"AWS answers at {local_cloud.endpoint}" in checks["local-cloud"]["found"]
    assert f"at {local_cloud.endpoint} (not a real account)" in checks["aws-credentials"]["found"]
    table = local_cloud.trimtab("doctor", "--project", str(tmp_path))
    assert [line.split()[:2] for line in table.stdout.splitlines()][3] == ["ok", "engine"]


@pytest.mark.engine
def test_a_dead_cloud_is_a_gap(own_cloud: LocalCloud) -> None:
    os.kill(own_cloud.state.cloud.pid, 9)
    finished = own_cloud.trimtab("doctor", "--format", "json", "--project", str(PACK))
    assert finished.code == 1
    assert checks_of(finished)["local-cloud"]["state"] == "gap"


def test_packs_that_cannot_be_loaded_are_named_with_the_reason(tmp_path: Path) -> None:
    for name, program in {"ends": "", "raises": "import a_module_that_is_not_there"}.items():
        pack = tmp_path / "policies" / name
        pack.mkdir(parents=True)
        (pack / "PulumiPolicy.yaml").write_text("runtime: python\n", encoding="utf-8")
        (pack / "__main__.py").write_text(program, encoding="utf-8")
    checks = checks_of(trimtab("doctor", "--format", "json", "--project", str(tmp_path), env=bare(tmp_path)))
    found = checks["policy-packs"]
    assert found["state"] == "gap"
    assert "ends: it ended without a word" in found["found"]
    assert "raises: " in found["found"]
    assert "No module named 'a_module_that_is_not_there'" in found["found"]


def test_credentials_that_do_not_work_are_a_gap(tmp_path: Path) -> None:
    env = bare(tmp_path, AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_ENDPOINT_URL="http://127.0.0.1:1")
    found = checks_of(trimtab("doctor", "--format", "json", "--project", str(tmp_path), env=env))["aws-credentials"]
    assert found["state"] == "gap"
    assert "do not work at http://127.0.0.1:1" in found["found"]
    assert "sign in" in found["remedy"]


def test_an_error_of_a_check_is_a_gap_and_not_the_end(tmp_path: Path) -> None:
    def fails(_site: Site) -> Answer:
        raise WorldError("it broke.", remedy="mend it.")

    site = Site(Home(tmp_path / "builds", tmp_path / "local"), tmp_path)
    checks = (Check("broken", fails), Check("fine", lambda _site: Answer(State.OK, "fine")))
    first, second = examine(site, checks)
    assert (first.state, first.found, first.remedy) == (State.GAP, "it broke.", "mend it.")
    assert second.state is State.OK


def test_a_folder_that_is_not_there_is_the_users_mistake(tmp_path: Path) -> None:
    finished = trimtab("doctor", "--project", str(tmp_path / "nowhere"))
    assert finished.code == 2
    assert "does not exist" in finished.stderr
