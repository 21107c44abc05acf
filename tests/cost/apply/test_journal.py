"""The journal: durable lines, a torn end, a broken middle, a full disk, one writer."""

from __future__ import annotations

import json
import resource as limits
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cost.reports.sample import recommendation, resource, run
from trimtab.cost.apply.journal import JournalFile, JournalFolder, read_run, stack_lock
from trimtab.cost.apply.resume import what_resume_does
from trimtab.cost.model import Change
from trimtab.cost.model.journal import Begun, Closed, Done, Outcome, Planned, Resumed, Run, Step, Verified
from trimtab.spec.errors import UserError, WorldError

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def planned(name: str = "20261124T120000Z-0001") -> Planned:
    advice = recommendation(resource("scorer"), 2, trace=False)
    return run(Change(advice=advice, edits=advice.edits)).planned.model_copy(update={"run": name})


def test_every_event_reads_back(tmp_path: Path) -> None:
    told = run(Change(advice=(one := recommendation(resource("scorer"), 2)), edits=one.edits))
    journal = JournalFile.create(tmp_path / "a" / "r.jsonl", told.planned)
    for event in told.events:
        journal.write(event)
    assert read_run(journal.path) == told == journal.run
    lines = journal.path.read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["schema"] for line in lines} == {"trimtab.cost.journal/1"}
    assert [json.loads(line)["seq"] for line in lines] == list(range(len(lines)))


def test_a_line_that_was_being_written_is_forgotten(tmp_path: Path) -> None:
    journal = JournalFile.create(tmp_path / "r.jsonl", planned())
    journal.write(Begun(step=Step.GATE, at=AT))
    whole = journal.path.read_bytes()
    for cut in range(1, 30):
        journal.path.write_bytes(whole + whole.splitlines(keepends=True)[1][:cut])
        assert read_run(journal.path) == journal.run
    again = JournalFile.reopen(journal.path)
    again.write(Done(step=Step.GATE, at=AT))
    read = read_run(journal.path)
    assert read is not None
    assert read.events == (Begun(step=Step.GATE, at=AT), Done(step=Step.GATE, at=AT))


def test_a_run_that_died_in_its_first_line_did_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'{"schema": "trimtab.cost.journal/1", "seq"')
    assert read_run(path) is None
    assert JournalFolder(tmp_path).runs() == ()


@pytest.mark.parametrize(
    "broken",
    [b"not json\n", b'{"schema": "trimtab.cost.journal/9", "seq": 1, "event": {}}\n', b"{}\n"],
)
def test_a_broken_line_is_named(tmp_path: Path, broken: bytes) -> None:
    journal = JournalFile.create(tmp_path / "r.jsonl", planned())
    journal.path.write_bytes(journal.path.read_bytes() + broken)
    with pytest.raises(WorldError, match=r"line 2 is not an event"):
        read_run(journal.path)


def test_a_line_that_is_missing_is_noticed(tmp_path: Path) -> None:
    journal = JournalFile.create(tmp_path / "r.jsonl", planned())
    for step in (Step.GATE, Step.EDIT):
        journal.write(Begun(step=step, at=AT))
    first, _, third = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(first + third)
    with pytest.raises(WorldError, match="it is numbered 2"):
        read_run(journal.path)


FULL = """
import resource, signal, sys
from pathlib import Path
from tests.cost.apply.test_journal import AT
from trimtab.cost.apply.journal import JournalFile
from trimtab.cost.model.journal import Begun, Step
from trimtab.spec.errors import WorldError

journal = JournalFile.reopen(Path(sys.argv[1]))
size = journal.path.stat().st_size
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, size + 10))
try:
    journal.write(Begun(step=Step.UP, at=AT))
except WorldError as error:
    print(error)
    sys.exit(0 if journal.path.stat().st_size == size else 9)
"""


def test_a_full_disk_stops_before_the_step(tmp_path: Path) -> None:
    """The kernel refuses to let the file grow, as a full disk would, in the middle of a line."""
    journal = JournalFile.create(tmp_path / "r.jsonl", planned())
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(journal.path)], cwd=Path(__file__).parents[3], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "the next step was not taken" in done.stdout
    assert read_run(journal.path) == journal.run
    assert limits.getrlimit(limits.RLIMIT_FSIZE)[0] == limits.RLIM_INFINITY


def test_which_runs_are_open(tmp_path: Path) -> None:
    folder = JournalFolder.of(tmp_path, "organization/atlas/prod")
    assert folder.path == tmp_path / ".trimtab" / "journal" / "prod"
    first = JournalFile.create(folder.file("20261124T120000Z-0001"), planned())
    assert folder.open_run() == first.run
    first.write(Closed(at=AT, outcome=Outcome.KEPT, reason="all checks passed"))
    assert folder.open_run() is None
    first.write(Verified(at=AT, verifications=()))
    assert folder.open_run() is None  # a later verification does not open it again
    first.write(Resumed(at=AT, author="mara", how="undo"))
    assert folder.open_run() == first.run  # but its undoing does
    assert folder.named("20261124").id == first.run.id
    JournalFile.create(folder.file("20261124T130000Z-0002"), planned("20261124T130000Z-0002"))
    with pytest.raises(UserError, match="2 runs are called so"):
        folder.named("20261124")


HOLD = """
import sys
from pathlib import Path
from trimtab.cost.apply.journal import stack_lock

with stack_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_writer_a_stack_and_a_dead_one_lets_go(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(WorldError, match=f"process {holder.pid}"), stack_lock(tmp_path):
        pass
    holder.kill()
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()
    with stack_lock(tmp_path):
        pass


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (None, "unchanged"), (Step.GATE, "unchanged"), (Step.CANARY_EDIT, "the cloud is unchanged"),
        (Step.CANARY_UP, "half way"), (Step.CANARY_WATCH, "the canary alone is in force"),
        (Step.EDIT, "was found good"), (Step.UP, "half way"), (Step.WATCH, "in force"),
        (Step.EDIT_BACK, "finishes going back"), (Step.UP_BACK, "finishes going back"),
    ],
)  # fmt: skip
def test_every_step_says_what_resume_does(step: Step | None, says: str) -> None:
    steps = list(Step)[: list(Step).index(step) + 1] if step else []
    _told(steps, says)


def test_without_a_canary_an_edit_leaves_the_cloud_as_it_was() -> None:
    _told([Step.GATE, Step.EDIT], "the cloud is unchanged")


def _told(steps: list[Step], says: str) -> None:
    told = what_resume_does(Run(planned=planned(), events=tuple(Begun(step=one, at=AT) for one in steps)))
    assert says in told
    assert "resume" in told
