"""`trimtab render`, from a project's folder to files and a summary."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import pulumi, pulumi_aws as aws, pulumi_kubernetes as kubernetes
import parts

print("a program may print")
config = pulumi.Config()
table = aws.dynamodb.Table("online", hash_key="id")
parts.settings({"table": table.arn, "token": config.require_secret("token"), "mode": config.require("mode")})
kubernetes.core.v1.Namespace("team", metadata={"name": "team"})
kubernetes.helm.v3.Release("kuberay", chart="kuberay-operator", version="1.6.0")
"""
PARTS = """
import pulumi_kubernetes as kubernetes

def settings(data):
    kubernetes.core.v1.ConfigMap("settings", metadata={"name": "settings", "namespace": "team"}, data=data)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "main").mkdir(parents=True)
    (folder / "Pulumi.yaml").write_text("name: small\nruntime: {name: python}\nmain: main\n", encoding="utf-8")
    config = "config:\n  small:token: {secure: v1:abc}\n  mode: fast\n"
    (folder / "Pulumi.dev.yaml").write_text(config, encoding="utf-8")
    (folder / "main" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    (folder / "main" / "parts.py").write_text(PARTS, encoding="utf-8")
    return folder


def trimtab(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from trimtab.cli.main import main; main()", "render", *args]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_files_and_summary(project: Path, tmp_path: Path) -> None:
    done = trimtab("--program", str(project), "--stack", "dev", "-o", "out", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    summary: dict[str, Any] = json.loads(done.stdout)
    assert [one["file"] for one in summary["objects"]] == [
        "_cluster/namespace-team.yaml",
        "team/configmap-settings.yaml",
    ]
    text = (tmp_path / "out" / "team" / "configmap-settings.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["data"] == {
        "table": "${Table.online.arn}",
        "token": "${secret.config.small:token}",
        "mode": "fast",
    }
    assert {one["placeholder"]: one["files"] for one in summary["placeholders"]} == {
        "${Table.online.arn}": ["team/configmap-settings.yaml"],
        "${secret.config.small:token}": ["team/configmap-settings.yaml"],
    }
    (chart,) = summary["leftOut"]
    assert chart["reason"] == "chart kuberay-operator, 1.6.0: Helm makes its objects on the cluster"
    assert "a program may print" in done.stderr


def test_the_table_says_what_only_a_cloud_knows(project: Path) -> None:
    done = trimtab("--stack", "dev", "-o", "out", cwd=project)
    assert done.returncode == 0, done.stderr
    assert "2 objects of stack dev in out" in done.stdout
    assert "${Table.online.arn}" in done.stdout
    assert "kuberay" in done.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-o", "out"], "--stack is missing"),
        (["--stack", "prod", "-o", "out"], "there are: dev"),
        (["--stack", "dev", "-o", "main"], "--output main: is not empty"),
        (["--stack", "dev", "-o", "main", "--force"], "--force replaces a folder of rendered objects"),
        (["--stack", "dev", "--program", "nowhere", "-o", "out"], "is not a folder"),
        (["--stack", "dev", "--program", "/", "-o", "out"], "no Pulumi.yaml here or above"),
    ],
)
def test_mistakes_are_told_with_a_remedy(project: Path, args: list[str], said: str) -> None:
    done = trimtab(*args, cwd=project)
    assert done.returncode == 2
    assert said in done.stderr
    assert "remedy: " in done.stderr
    assert not (project / "out").exists()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Pulumi.yaml", "name: [", "is not YAML"),
        ("Pulumi.yaml", "name: x\nruntime: nodejs\n", "only Python programs"),
        ("Pulumi.yaml", "name: x\nruntime: python\nmain: gone\n", "holds no __main__.py"),
        ("Pulumi.dev.yaml", "- a\n", "is not an object"),
        ("Pulumi.dev.yaml", "config: 3\n", "config is not an object"),
        ("Pulumi.dev.yaml", "config: {}\n", "the program failed"),
        ("main/__main__.py", "raise SystemExit(3)", "it left with 3"),
        ("main/__main__.py", "import nothing_like_it", "ModuleNotFoundError"),
    ],
)
def test_broken_projects_are_told_with_a_remedy(project: Path, name: str, text: str, said: str) -> None:
    (project / name).write_text(text, encoding="utf-8")
    done = trimtab("--stack", "dev", "-o", "out", cwd=project)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "out").exists()
