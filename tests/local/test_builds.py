"""Artifacts appear whole or not at all, and are made once."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.progress import Heard
from trimtab.local.builds import Builds, Recipe, folder_name
from trimtab.spec.errors import WorldError


def recipe(make: object, needs_bytes: int = 0) -> Recipe:
    return Recipe("thing", "1.0", "making the thing", make, needs_bytes, 1)  # type: ignore[arg-type]  # any callable


def write(folder: Path) -> None:
    (folder / "bin").mkdir()
    (folder / "bin" / "tool").write_text("tool", encoding="utf-8")


def left_in(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir() if path.name != ".locks")


def test_an_artifact_is_made_once(tmp_path: Path) -> None:
    made = []

    def make(folder: Path) -> None:
        made.append(folder)
        write(folder)

    builds = Builds(tmp_path)
    first, second = builds.get(recipe(make)), builds.get(recipe(make))
    assert first == second == tmp_path / folder_name("thing", "1.0")
    assert (first / "bin" / "tool").read_text(encoding="utf-8") == "tool"
    assert len(made) == 1
    assert left_in(tmp_path) == [first.name]


def test_versions_and_keys_have_folders_of_their_own(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    builds.get(recipe(write))
    assert builds.find("thing", "1.1") is None
    assert builds.find("thing", "1.0", "official") is None
    assert folder_name("thing", "1.0", "official") == folder_name("thing", "1.0") + "-official"


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_an_interrupted_making_leaves_nothing(tmp_path: Path, interruption: type[BaseException]) -> None:
    def make(folder: Path) -> None:
        write(folder)
        raise interruption

    builds = Builds(tmp_path)
    with pytest.raises(interruption):
        builds.get(recipe(make))
    assert left_in(tmp_path) == []
    assert builds.find("thing", "1.0") is None
    assert builds.get(recipe(write)).exists()


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    left = tmp_path / f".{folder_name('thing', '1.0')}.killed"
    left.mkdir()
    (left / "half").write_text("half", encoding="utf-8")
    Builds(tmp_path).get(recipe(write))
    assert left_in(tmp_path) == [folder_name("thing", "1.0")]


def test_an_artifact_that_lost_a_part_is_made_again(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    tool = builds.get(recipe(write)) / "bin" / "tool"
    tool.write_text("to", encoding="utf-8")
    assert builds.find("thing", "1.0") is None
    builds.get(recipe(write))
    assert tool.read_text(encoding="utf-8") == "tool"


def test_too_little_room_is_refused_before_the_work(tmp_path: Path) -> None:
    made: list[Path] = []
    builds = Builds(tmp_path, probe=lambda _path: 2**30)
    with pytest.raises(WorldError, match=r"needs 3\.0 GiB free at .*; 1\.0 GiB are") as caught:
        builds.get(recipe(made.append, needs_bytes=3 * 2**30))
    assert "TRIMTAB_HOME" in caught.value.remedy
    assert made == []
    assert left_in(tmp_path) == []


def test_a_disk_that_runs_full_has_a_remedy_and_leaves_nothing(tmp_path: Path) -> None:
    def make(folder: Path) -> None:
        write(folder)
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            full.write("one byte too many")

    with pytest.raises(WorldError, match="making the thing: the disk ran full") as caught:
        Builds(tmp_path).get(recipe(make))
    assert "free some room" in caught.value.remedy
    assert left_in(tmp_path) == []


RUN = """
import sys, time
from pathlib import Path
from tests.support.progress import Heard
from trimtab.local.builds import Builds, Recipe

root = Path(sys.argv[1])

def make(folder):
    with (root / "made.log").open("a") as log:
        log.write("made\\n")
    until = time.monotonic() + 60
    while not (root / "go").exists() and time.monotonic() < until:
        time.sleep(0.01)
    (folder / "tool").write_text("tool")

heard = Heard(root / f"heard-{sys.argv[2]}")
print(Builds(root, progress=heard).get(Recipe("thing", "1.0", "making", make, 0, 1)))
"""


def test_two_runs_at_once_make_it_once(tmp_path: Path) -> None:
    start = [sys.executable, "-c", RUN, str(tmp_path)]
    runs = [
        subprocess.Popen([*start, name], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
        for name in ("one", "two")
    ]
    waits = "waiting for another run: making"
    try:
        until = time.monotonic() + 60
        while not any(waits in Heard(path).read() for path in tmp_path.glob("heard-*")):
            assert time.monotonic() < until, "neither run waits for the other"
            time.sleep(0.02)
        (tmp_path / "go").touch()
        printed = [run.communicate(timeout=60)[0].strip() for run in runs]
    finally:
        for run in runs:
            run.kill()
    assert [run.returncode for run in runs] == [0, 0]
    assert printed == [str(tmp_path / folder_name("thing", "1.0"))] * 2
    assert (tmp_path / "made.log").read_text(encoding="utf-8") == "made\n"
