"""What AWS, the disk, a colleague and the clock do to an apply, through the real engine.

After each fault: the file is the old or the new one byte for byte, file, state and cloud agree once the run has
ended, the next command says what happened, and nobody sees a traceback.
"""

from __future__ import annotations

import json
import resource as limits
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.cost.apply.load import load
from tests.cost.apply.stack import AFTER, BEFORE
from tests.support.faulty import Answer, Asked, FaultyCloud
from tests.support.waiting import wait_for_child
from trimtab.cost.apply.journal import stack_lock
from trimtab.cost.apply.lease.note import Note
from trimtab.cost.model.journal import Outcome

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cost.apply.stack import Stack
    from tests.support import LocalCloud

pytestmark = pytest.mark.engine
LOCKS = ".trimtab/locks"
OLD, NEW = b"maxInstances: 4", b"maxInstances: 2"


@pytest.fixture(scope="module")
def faulty(local_cloud: LocalCloud) -> Iterator[FaultyCloud]:
    with FaultyCloud(local_cloud.endpoint) as proxy:
        yield proxy


@pytest.fixture
def old(stack: Stack) -> Iterator[bytes]:
    """The file as it was; it, the state and the cloud end so."""
    before = stack.config.read_bytes()
    yield before
    assert stack.config.read_bytes() == before
    assert stack.folder.open_run() is None
    assert stack.sizes() == {BEFORE}


def applied(stack: Stack, faulty: FaultyCloud, fault: Callable[[Asked], Answer | None]) -> tuple[int, str, str]:
    """Apply through the proxy while `fault` holds."""
    faulty.fault = fault
    advice = str(stack.advice())
    code, out, err = stack.run(
        "apply", "--advice", advice, "--yes", "--max-spend", "1", "--watch", "4s", AWS_ENDPOINT_URL=faulty.url
    )
    assert "Traceback" not in out + err
    assert "a fault of trimtab's own" not in err
    return code, out, err


def test_throttling_a_lost_connection_and_a_5xx_are_borne(stack: Stack, faulty: FaultyCloud, old: bytes) -> None:
    """Each call of the update meets two of them, and boto3 asks a third time."""
    troubles = [Answer(503, "SlowDown"), Answer(0), Answer(500, "InternalError"), Answer(400, "RequestTimeout")]
    met = iter(troubles)
    asked = count()

    def fault(request: Asked) -> Answer | None:
        return next(met, None) if request.is_s3("PUT", "tagging") and next(asked) % 3 < 2 else None

    with load(stack, 55):
        code, out, err = applied(stack, faulty, fault)
        assert code == 0, err
        assert stack.config.read_bytes() == old.replace(OLD, NEW)
        assert stack.sizes() == {AFTER}
        run = stack.last_run().id
        code, out, err = stack.run("rollback", run, "--yes", AWS_ENDPOINT_URL=faulty.url)
    assert code == 0, err
    assert f"run {run}: rolled-back" in out
    assert next(met, None) is None


@pytest.mark.usefixtures("old")
def test_an_update_that_aws_does_but_says_it_failed(stack: Stack, faulty: FaultyCloud) -> None:
    """The state does not know of it: only rereading the cloud does."""
    lost = Answer(500, "InternalError", after=True)

    def fault(asked: Asked) -> Answer | None:
        wants_new = b"<Value>2</Value>" in asked.body
        return lost if asked.is_s3("PUT", "tagging") and wants_new else None

    code, out, err = applied(stack, faulty, fault)
    assert code == 3
    assert "rolled back, Pulumi.test.yaml and the cloud are as before: the update failed" in err
    assert "InternalError" in err
    assert "rolled-back" in out
    assert stack.run("resume") == (0, "no run is open.\n", "")


def test_credentials_that_expire_between_preview_and_update(stack: Stack, faulty: FaultyCloud, old: bytes) -> None:
    expired = False

    def fault(asked: Asked) -> Answer | None:
        nonlocal expired
        expired = expired or asked.is_s3("PUT", "tagging")
        return Answer(400, "ExpiredToken") if expired else None

    code, _, err = applied(stack, faulty, fault)
    assert code == 3
    assert "Pulumi.test.yaml is as it was before, the cloud may not be" in err
    assert "trimtab cost resume --stack test" in err
    assert stack.config.read_bytes() == old
    run = stack.folder.open_run()
    assert run is not None

    code, _, err = stack.run("apply", "--yes")
    assert code == 2
    assert f"run {run.id}" in err
    assert "it was going back at step up-back; `resume` finishes going back" in err
    code, out, err = stack.run("resume")
    assert f"run {run.id}: it was going back" in err
    assert f"run {run.id}: rolled-back" in out
    assert stack.last_run().closed is not None


@pytest.mark.usefixtures("old")
def test_metrics_that_cannot_be_read_any_more_go_back(stack: Stack, faulty: FaultyCloud) -> None:
    updated = False

    def fault(asked: Asked) -> Answer | None:
        nonlocal updated
        updated = updated or asked.is_s3("PUT", "tagging")
        return Answer(403, "ExpiredToken") if updated and asked.service == "monitoring" else None

    with load(stack, 55):
        code, out, err = applied(stack, faulty, fault)
    assert code == 3
    assert "the cloud could not be read" in out
    assert "rolled back" in err


@pytest.mark.parametrize("at", ["preview", "up"])
def test_a_disk_that_is_full_at_the_journal(stack: Stack, at: str, old: bytes) -> None:
    """The kernel lets no file of trimtab grow any more while the engine is at work."""
    process = stack.start("apply", "--advice", str(stack.advice()), "--yes", "--max-spend", "1", "--watch", "1s")
    wait_for_step(process, f"pulumi {at}")
    wait_for_child(process.pid, "pulumi")
    size = stack.folder.file(stack.last_run().id).stat().st_size
    limits.prlimit(process.pid, limits.RLIMIT_FSIZE, (size + 10, limits.RLIM_INFINITY))
    out, err = process.communicate()
    assert process.returncode == 3, out + err
    assert "the journal cannot be written, so the next step was not taken" in err
    assert "Traceback" not in err
    assert stack.config.read_bytes() == (old if at == "preview" else old.replace(OLD, NEW))

    code, out, err = stack.run("resume", "--undo")
    assert code == 0, err
    said = "the cloud are unchanged" if at == "preview" else "is the new one, the cloud may be half way"
    assert said in err
    assert "rolled-back" in out


@pytest.mark.usefixtures("old")
def test_a_lock_that_another_trimtab_holds(stack: Stack) -> None:
    with stack_lock(stack.folder.path):
        code, _, err = stack.apply("--watch", "1s")
    assert code == 3
    assert "another trimtab changes it (process " in err
    assert "nothing was changed" in err


def test_a_lock_of_the_engine_that_a_colleague_holds(stack: Stack, old: bytes) -> None:
    lock = engine_lock(stack)
    lock.parent.mkdir(parents=True, exist_ok=True)
    held = {"pid": 4711, "username": "mara", "hostname": "build-7", "timestamp": "2026-11-24T21:00:00Z"}
    lock.write_text(json.dumps(held), encoding="utf-8")
    code, _, err = stack.apply("--watch", "1s")
    assert code == 3
    assert "mara@build-7, process 4711" in err
    assert "trimtab cost resume --stack test" in err
    assert stack.config.read_bytes() == old
    lock.unlink()
    code, out, err = stack.run("resume")
    assert "it was going back at step up-back" in err
    run = stack.last_run()
    assert run.closed is not None, out + err
    assert run.closed.outcome is Outcome.ROLLED_BACK


@pytest.mark.usefixtures("old")
def test_a_lock_of_another_machine_beside_the_state(stack: Stack) -> None:
    """It is refused while it is renewed, refused while nobody breaks it, and broken by name."""
    bucket, key = f"{stack.name}-locks", f"{LOCKS}/{stack.workspace.name}/test.json"
    s3 = stack.cloud.client("s3", "us-east-1")
    s3.create_bucket(Bucket=bucket)
    note = Note(token="theirs", holder="mara@build-7", process=4711, taken=datetime.now(tz=UTC), life_seconds=600)
    command = ("apply", "--advice", str(stack.advice()), "--only", "nobody", "--yes")
    named = {"TRIMTAB_LOCK": f"s3://{bucket}"}

    s3.put_object(Bucket=bucket, Key=key, Body=note.written())
    code, _, err = stack.run(*command, "--break-lock", **named)
    assert code == 3
    assert "another trimtab changes it: the lock of mara@build-7 (process 4711)" in err

    s3.put_object(Bucket=bucket, Key=key, Body=note.model_copy(update={"life_seconds": 0}).written())
    code, _, err = stack.run(*command, **named)
    assert code == 3
    assert "is stale, its run did not end; nothing was changed" in err

    code, _, err = stack.run(*command, "--break-lock", **named)
    assert code == 2  # nobody is no resource
    assert "breaking the lock of mara@build-7" in err
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def wait_for_step(process: subprocess.Popen[str], beginning: str) -> None:
    """Read what a command tells until a line begins so."""
    assert process.stderr is not None
    assert any(line.strip().startswith(beginning) for line in process.stderr), "it ended before"


def engine_lock(stack: Stack) -> Path:
    """Where the engine's file backend looks for a lock of the stack."""
    folder = stack.cloud.home.backend / ".pulumi" / "locks" / "organization" / stack.workspace.name / "test"
    return folder / "of-a-colleague.json"
