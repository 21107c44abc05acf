"""What policy costs: all packs on a preview of 1,000 resources, and the offline check against Checkov.

Goals: the preview with all five packs takes 1.15 times the preview without one at most; the offline check judges a
resource at least 10 times as fast as Checkov judges it in equal Terraform.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support import LocalCloud

from benchmarks.paired import in_turn
from benchmarks.policy.stack import program, terraform

if TYPE_CHECKING:
    from collections.abc import Sequence

PREVIEW_GOAL, CHECK_GOAL = 1.15, 0.10
PREVIEW_RUNS, CHECK_RUNS = 3, 2
RESOURCES = 1000
CHECKOV = "checkov==3.3.30"
ROOT = Path(__file__).parents[2]
TOGETHER = ("all",)
APART = ("versioning", "audit", "security", "reliability", "cost")


def main() -> None:
    with tempfile.TemporaryDirectory() as name, LocalCloud(Path(name) / "cloud") as cloud:
        folder = Path(name)
        project = _project(folder / "stack")
        env = cloud.environment
        _pulumi(env, project, "stack", "init", "bench")
        previewed = _pulumi(env, project, "preview", "--json", "--stack", "bench")
        print(f"{len(json.loads(previewed)['steps'])} steps")
        plain = ["pulumi", "preview", "--stack", "bench", "--non-interactive"]
        pair = in_turn(
            [*plain, *_packs(folder, TOGETHER)], plain, runs=PREVIEW_RUNS, ours_cwd=project, peer_cwd=project, env=env
        )
        print(pair.line("preview with all packs, in one process, against one without", PREVIEW_GOAL))
        apart = in_turn([*plain, *_packs(folder, APART)], plain, runs=1, ours_cwd=project, peer_cwd=project, env=env)
        print(f"the same in five processes: ratio {apart.ratio:.2f}")
        _offline(folder, previewed)


def _offline(folder: Path, previewed: str) -> None:
    """Check the preview offline, and equal Terraform by Checkov, which `uv` runs in an environment of its own."""
    if shutil.which("uv") is None:
        print("no uv on PATH, so Checkov cannot be run beside it")
        return
    state, configuration = folder / "preview.json", folder / "terraform" / "main.tf.json"
    state.write_text(previewed, encoding="utf-8")
    configuration.parent.mkdir()
    configuration.write_text(json.dumps(terraform(RESOURCES)), encoding="utf-8")
    # 1 means findings, of which this stack is full.
    tolerant = ["sh", "-c", '"$@" || [ $? -eq 1 ]', "check"]
    ours = [*tolerant, str(Path(sys.executable).with_name("trimtab")), "policy", "check", "--state", str(state)]
    ours += [
        "--config",
        str(_advisory(folder)),
        "--format",
        "json",
        "-o",
        str(folder / "o.json"),
    ]
    peer = ["uv", "tool", "run", "--from", CHECKOV, "checkov", "--directory", str(configuration.parent)]
    peer += [
        "--framework",
        "terraform_json",
        "--compact",
        "--quiet",
        "--soft-fail",
        "--skip-download",
        "--output",
        "json",
    ]
    pair = in_turn(ours, peer, runs=CHECK_RUNS)
    print(pair.line(f"offline check of {RESOURCES} resources against Checkov", CHECK_GOAL))


def _packs(folder: Path, packs: Sequence[str]) -> list[str]:
    config = str(_advisory(folder))
    return [
        item
        for pack in packs
        for item in ("--policy-pack", str(ROOT / "policies" / pack), "--policy-pack-config", config)
    ]


def _advisory(folder: Path) -> Path:
    """Settings by which nothing stops a run."""
    path = folder / "config.json"
    path.write_text('{"all": "advisory"}', encoding="utf-8")
    return path


def _project(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "__main__.py").write_text(program(RESOURCES), encoding="utf-8")
    text = f"name: bench\nruntime:\n  name: python\n  options:\n    virtualenv: {sys.prefix}\n"
    (folder / "Pulumi.yaml").write_text(text, encoding="utf-8")
    (folder / "Pulumi.bench.yaml").write_text("config:\n  aws:region: eu-west-1\n", encoding="utf-8")
    return folder


def _pulumi(env: dict[str, str], cwd: Path, *arguments: str) -> str:
    done = subprocess.run(["pulumi", *arguments], cwd=cwd, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


if __name__ == "__main__":
    main()
