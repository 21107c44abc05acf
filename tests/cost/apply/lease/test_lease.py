"""The lock of a stack against another machine: conditional writes to a real S3 API, and a shared folder."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from tests.support.waiting import wait_until
from trimtab.cost.apply.lease import Wanted, hold
from trimtab.cost.apply.lease.bucket import LockObject, client_of
from trimtab.cost.apply.lease.guarded import GuardedJournal
from trimtab.cost.apply.lease.renewed import hold_object
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "pulumi/.trimtab/locks/atlas/prod.json"
ROOT = Path(__file__).parents[4]
OTHER = """
import sys
from pathlib import Path
from trimtab.cost.apply.lease import Wanted, hold

backend, home = sys.argv[1], Path(sys.argv[2])
home.mkdir(parents=True, exist_ok=True)
with hold(backend, Wanted("atlas", "prod", "mara@build-7", home, False, print)) as lease:
    lease.keep(while_open=True)
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def s3(moto: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Any:
    for name, value in moto.items():
        monkeypatch.setenv(name, value)
    return boto3.client("s3")


@pytest.fixture
def backend(s3: Any) -> str:
    bucket = f"state-{secrets.token_hex(6)}"
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return f"s3://{bucket}/pulumi?region=eu-west-1"


class Other:
    """A second machine, as far as this one can tell: another process, with a home folder of its own."""

    def __init__(self, backend: str, home: Path) -> None:
        environment = {**os.environ, "HOME": str(home)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", OTHER, backend, str(home)], cwd=ROOT, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "held\n"

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def other(backend: str, tmp_path: Path) -> Iterator[Other]:
    machine = Other(backend, tmp_path / "their-home")
    yield machine
    machine.kill()


def wanted(folder: Path, *, break_stale: bool = False, told: list[str] | None = None) -> Wanted:
    folder.mkdir(exist_ok=True)
    return Wanted("atlas", "prod", "ada@laptop", folder, break_stale, (told if told is not None else []).append)


def lock_object(backend: str) -> LockObject:
    return LockObject(
        client_of({"region": "eu-west-1"}), backend.split("/")[2], "pulumi/.trimtab/locks/atlas/prod.json"
    )


@pytest.mark.parametrize("break_stale", [False, True])
@pytest.mark.usefixtures("other")
def test_another_machine_is_kept_out_and_told_whose_it_is(backend: str, tmp_path: Path, break_stale: bool) -> None:
    refused = pytest.raises(WorldError, match=r"another trimtab changes it: the lock of mara@build-7 \(process \d+\)")
    with refused as caught, hold(backend, wanted(tmp_path / "ours", break_stale=break_stale)):
        pass
    assert "nothing was changed" in caught.value.message
    assert "not renewed for 600 s is stale" in caught.value.remedy


def test_it_is_given_back(backend: str, tmp_path: Path) -> None:
    for machine in ("one", "two"):
        with hold(backend, wanted(tmp_path / machine)) as lease:
            lease.check()
            assert lock_object(backend).read() is not None
        assert lock_object(backend).read() is None
        assert list((tmp_path / machine).iterdir()) == []


def test_a_run_that_died_is_taken_up_where_it_ran(backend: str, tmp_path: Path, other: Other) -> None:
    other.kill()
    told: list[str] = []
    with hold(backend, wanted(tmp_path / "their-home", told=told)) as lease:
        lease.check()
    assert told[0].startswith("taking up the lock of mara@build-7")


def test_a_run_that_is_open_keeps_others_out_until_it_has_ended(backend: str, tmp_path: Path) -> None:
    with hold(backend, wanted(tmp_path / "ours")) as lease:
        lease.keep(while_open=True)
    with pytest.raises(WorldError, match="another trimtab"), hold(backend, wanted(tmp_path / "theirs")):
        pass
    with hold(backend, wanted(tmp_path / "ours")) as lease:
        lease.keep(while_open=False)
    assert lock_object(backend).read() is None


def test_a_stale_one_is_broken_only_on_demand_and_by_name(backend: str, tmp_path: Path) -> None:
    """Its holder died, and its life of no second is over."""
    place = lock_object(backend)
    with hold_object(place, wanted(tmp_path / "dead"), life_seconds=0) as lease:
        lease.keep(while_open=True)
    with pytest.raises(WorldError, match="is stale, its run did not end") as caught, hold(backend, wanted(tmp_path)):
        pass
    assert "--break-lock" in caught.value.remedy
    told: list[str] = []
    with hold(backend, wanted(tmp_path, break_stale=True, told=told)):
        pass
    assert told[0].startswith("breaking the lock of ada@laptop (process ")
    assert "renewed last at" in told[0]


def test_who_was_robbed_takes_no_further_step(backend: str, tmp_path: Path) -> None:
    place = lock_object(backend)
    with ExitStack() as stack:
        lease = stack.enter_context(hold_object(place, wanted(tmp_path), every_seconds=0.05))
        found = place.read()
        assert found is not None
        robber = found.note.model_copy(update={"holder": "mara@build-7"})
        # The renewals go on meanwhile, so the ETag may be an older one: as a robber would, ask again.
        wait_until(lambda: (now := place.read()) and place.replace(robber, now.etag), "to be robbed")
        wait_until(lambda: _is_lost(lease.check), "to notice it")
        with pytest.raises(WorldError, match="was taken over by somebody else, so the next step was not taken"):
            lease.check()
    left = place.read()
    assert left is not None
    assert left.note.holder == "mara@build-7"


def test_a_lock_that_cannot_be_renewed_stops_the_run(backend: str, tmp_path: Path) -> None:
    with (
        hold_object(lock_object(backend), wanted(tmp_path), life_seconds=0) as lease,
        pytest.raises(WorldError, match="could not be renewed"),
    ):
        GuardedJournal(None, lease).write(None)  # type: ignore[arg-type]  # it is never reached


def test_what_lies_there_and_is_no_lock_is_left_alone(s3: Any, backend: str, tmp_path: Path) -> None:
    place = lock_object(backend)
    s3.put_object(Bucket=place.bucket, Key=place.key, Body=json.dumps({"who": "knows"}))
    with pytest.raises(WorldError, match=r"is no lock of trimtab's"), hold(backend, wanted(tmp_path)):
        pass


@pytest.mark.usefixtures("s3")
def test_a_bucket_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="NoSuchBucket") as caught, hold("s3://nowhere-at-all", wanted(tmp_path)):
        pass
    assert "s3:PutObject" in caught.value.remedy


def test_a_folder_that_two_machines_share(tmp_path: Path) -> None:
    shared = f"file://{tmp_path}/state"
    other = Other(shared, tmp_path / "their-home")
    with (
        pytest.raises(WorldError, match=rf"process {other.process.pid} of \S+@\S+, since"),
        hold(shared, wanted(tmp_path)),
    ):
        pass
    other.kill()
    with hold(shared, wanted(tmp_path)) as lease:
        lease.check()


def test_other_backends_may_name_a_bucket(backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIMTAB_LOCK", backend)
    with hold("https://api.pulumi.com", wanted(tmp_path)):
        assert lock_object(backend).read() is not None
    monkeypatch.setenv("TRIMTAB_LOCK", "/var/lock")
    with (
        pytest.raises(UserError, match="allowed: s3://BUCKET/PREFIX"),
        hold("https://api.pulumi.com", wanted(tmp_path)),
    ):
        pass


def _is_lost(check: Any) -> bool:
    try:
        check()
    except WorldError:
        return True
    return False
