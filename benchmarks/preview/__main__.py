"""`pulumi preview` of the dev stack against a flat program with the same resources; goal: 1.10 times at most.

Both run through the same engine against the same local cloud, which this command starts and ends.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ruamel.yaml import YAML
from tests.support import LocalCloud

from benchmarks.paired import in_turn
from benchmarks.preview.flat import flat_program

GOAL, RUNS = 1.10, 3
ROOT = Path(__file__).parents[2]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, LocalCloud(Path(folder) / "cloud") as cloud:
        env = cloud.environment
        ours, peer = Path(folder) / "ours", Path(folder) / "peer"
        _copy_project(ours)
        _pulumi(env, ours, "stack", "init", "dev")
        preview = _pulumi(env, ours, "preview", "--json", "--stack", "dev")
        source, count = flat_program(preview)
        _write_flat(peer, source)
        _pulumi(env, peer, "stack", "init", "dev")
        command = ["pulumi", "preview", "--stack", "dev", "--non-interactive"]
        pair = in_turn(command, command, runs=RUNS, ours_cwd=ours, peer_cwd=peer, env=env)
        print(f"{count} AWS resources")
        print(pair.line("preview of the dev stack against a flat program", GOAL))


def _copy_project(target: Path) -> None:
    target.mkdir(parents=True)
    shutil.copytree(ROOT / "stacks", target / "stacks", ignore=shutil.ignore_patterns("__pycache__"))
    _aws_alone(target / "stacks" / "Pulumi.dev.yaml")
    text = (ROOT / "Pulumi.yaml").read_text(encoding="utf-8")
    (target / "Pulumi.yaml").write_text(text, encoding="utf-8")
    (target / ".venv").symlink_to(Path(sys.prefix))


def _aws_alone(file: Path) -> None:
    """Leave the cluster half out: the flat program holds resources of AWS."""
    yaml = YAML()
    stack = yaml.load(file)
    del stack["config"]["trimtab:platform"]["cluster"]
    yaml.dump(stack, file)


def _write_flat(target: Path, source: str) -> None:
    target.mkdir(parents=True)
    (target / "__main__.py").write_text(source, encoding="utf-8")
    venv = str(Path(sys.prefix))
    project = f"name: flat\nruntime:\n  name: python\n  options:\n    virtualenv: {venv}\n"
    (target / "Pulumi.yaml").write_text(project, encoding="utf-8")
    (target / "Pulumi.dev.yaml").write_text("config:\n  aws:region: eu-west-1\n", encoding="utf-8")


def _pulumi(env: dict[str, str], cwd: Path, *arguments: str) -> str:
    done = subprocess.run(["pulumi", *arguments], cwd=cwd, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


if __name__ == "__main__":
    main()
