"""A proposed change: branch, commit and text from git objects; the working tree stays as it is."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cost.reports.sample import abstained, recommendation, resource
from trimtab.cost.apply.config import StackFile
from trimtab.cost.apply.engine import Operation, Preview
from trimtab.cost.apply.engine.locks import holders, is_locked
from trimtab.cost.apply.gate import refusal
from trimtab.cost.apply.plan import Plan
from trimtab.cost.apply.pull_request import Repository, body, title
from trimtab.cost.model import Change, Held, HeldCode
from trimtab.spec.errors import SpecError, UserError, WorldError

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """\
config:
  trimtab:platform:
    name: atlas
    environment: dev
    owner: {team: fraud, costCenter: CC-1, contact: a@b.example}
    modelRegistry:
      groups: [{name: scorer, description: scores}]
    servingEndpoints:
      - name: scorer
        model: {type: registered, group: scorer, version: 1, image: "x@sha256:DIGEST", dataKey: a/b}
        capacity:
          form: real-time
          instanceType: ml.g5.xlarge
          minInstances: 2
          maxInstances: 4 # from the launch
          targetInvocationsPerInstance: 600
""".replace("DIGEST", "0" * 64)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "config", "user.name", "Mara")
    git(tmp_path, "config", "user.email", "mara@example.com")
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks" / "Pulumi.dev.yaml").write_bytes(CONFIG.encode())
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "platform")
    return tmp_path


def plan(clone: Path, after: int = 2) -> Plan:
    advice = recommendation(resource("scorer"), after, trace=False)
    held = Held(advice=abstained(resource("old")), code=HeldCode.ABSTAINED, reason="no sample was found")
    file = StackFile(clone / "stacks" / "Pulumi.dev.yaml", "stacks/Pulumi.dev.yaml")
    return Plan.of(file, [Change(advice=advice, edits=advice.edits)], [held])


def test_the_branch_holds_the_change_and_nothing_else_moves(clone: Path) -> None:
    made = plan(clone)
    (clone / "notes.txt").write_text("not mine to commit", encoding="utf-8")
    head, index = git(clone, "rev-parse", "HEAD"), git(clone, "ls-files", "--stage")
    repository = Repository.around(clone / "stacks")
    commit = repository.commit(clone / "stacks" / "Pulumi.dev.yaml", made.after, "trimtab/dev-1", "size\n\nwhy")
    assert git(clone, "rev-parse", "trimtab/dev-1") == commit
    assert git(clone, "rev-parse", "trimtab/dev-1^") == head == git(clone, "rev-parse", "HEAD")
    assert git(clone, "diff", "--stat", "main", "trimtab/dev-1").startswith("stacks/Pulumi.dev.yaml")
    shown = subprocess.run(
        ["git", "show", "trimtab/dev-1:stacks/Pulumi.dev.yaml"], cwd=clone, capture_output=True, check=True
    )
    assert shown.stdout == CONFIG.replace("maxInstances: 4", "maxInstances: 2").encode()
    assert git(clone, "ls-files", "--stage") == index
    assert (clone / "stacks" / "Pulumi.dev.yaml").read_bytes() == CONFIG.encode()
    assert repository.remote() == ""
    with pytest.raises(WorldError, match="update-ref"):
        repository.commit(clone / "stacks" / "Pulumi.dev.yaml", made.after, "trimtab/dev-1", "again")


def test_a_branch_is_pushed_to_the_remote(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    bare = tmp_path_factory.mktemp("remote")
    git(bare, "init", "--quiet", "--bare")
    git(clone, "remote", "add", "origin", str(bare))
    repository = Repository.around(clone)
    commit = repository.commit(clone / "stacks" / "Pulumi.dev.yaml", plan(clone).after, "trimtab/dev-1", "size")
    repository.push(repository.remote(), "trimtab/dev-1")
    assert git(bare, "rev-parse", "refs/heads/trimtab/dev-1") == commit


def test_what_a_reviewer_reads(clone: Path) -> None:
    text = body(plan(clone), "dev", "")
    assert "| `scorer` | 4,111.36 USD | 2,055.68 USD |" in text
    assert "0.12% of 4,032 samples, 0.50% allowed" in text
    assert "-          maxInstances: 4 # from the launch\n+          maxInstances: 2 # from the launch" in text
    assert "Preview under the policy packs: passed." in text
    assert "- `old` (abstained): no sample was found" in text
    assert title(plan(clone), "dev") == "dev: size scorer (saves 2,056 USD a month)"


def test_outside_a_repository(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="in no git repository"):
        Repository.around(tmp_path)


def test_an_edit_that_would_break_the_declaration_is_refused(clone: Path) -> None:
    with pytest.raises(SpecError, match="minInstances 2 is more than maxInstances 1"):
        plan(clone, after=1)
    assert (clone / "stacks" / "Pulumi.dev.yaml").read_bytes() == CONFIG.encode()


def operation(kind: str, token: str) -> Operation:
    return Operation(kind, f"urn:pulumi:dev::atlas::trimtab:index:X${token}::thing")


@pytest.mark.parametrize(
    ("preview", "says"),
    [
        (Preview(passed=True, operations=(operation("update", "aws:sagemaker/endpoint:Endpoint"),)), ""),
        (Preview(passed=True, operations=(operation("replace", "aws:sagemaker/endpointConfiguration:E"),)), ""),
        (Preview(passed=True, operations=(operation("replace", "aws:s3/bucket:Bucket"),)), "thing, which holds data"),
        (
            Preview(passed=True, operations=(operation("delete", "aws:dynamodb/table:Table"),)),
            "thing, which holds data",
        ),
        (
            Preview(passed=False, denials=("no-x on y: why",), problems=("failed",)),
            "a policy forbids it: no-x on y: why",
        ),
        (Preview(passed=False, problems=("no such image",)), "the preview failed: no such image"),
    ],
)
def test_what_a_preview_must_not_hold(preview: Preview, says: str) -> None:
    assert says in refusal(preview) if says else refusal(preview) == ""


def test_who_holds_the_engine_s_lock() -> None:
    told = (
        "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the "
        "lock file with `pulumi cancel`.\n  file:///b/.pulumi/locks/o/p/s/1.json: created by mara@elsewhere (pid 4711) "
        "at 2026-11-24T21:00:00Z"
    )
    assert is_locked(told)
    (holder,) = holders(told)
    assert str(holder) == "mara@elsewhere, process 4711, since 2026-11-24T21:00:00Z"
    assert not holder.is_gone  # nobody here can know what runs on another machine
    assert not is_locked("error: no such stack")
