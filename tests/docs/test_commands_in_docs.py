"""Every `trimtab` command that a page shows is one that the command line takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pandas as pd
import pytest
from tests.support.cloud import trimtab as trimtab_command

from trimtab.cli.main import trimtab

GPU = "gpu_utilization_percent"
ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
FENCE = re.compile(r"^ *```(?:bash|sh|console)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
PROMPT = re.compile(r"^\s*\$?\s*(?:\.venv/bin/)?trimtab\s")


def commands() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        for block in FENCE.findall(page.read_text(encoding="utf-8")):
            lines = block.replace("\\\n", " ").splitlines()
            found += [(str(page.relative_to(ROOT)), line.strip()) for line in lines if PROMPT.match(line)]
    for workflow in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        lines = re.findall(r"\.venv/bin/trimtab .*", workflow.read_text(encoding="utf-8"))
        found += [(str(workflow.relative_to(ROOT)), line) for line in lines]
    return found


def test_pages_show_commands() -> None:
    assert len(commands()) > 5


@pytest.mark.parametrize(("page", "line"), commands())
def test_command_parses(page: str, line: str) -> None:
    words = shlex.split(PROMPT.sub("", line, count=1), comments=True)
    words = words[: next((i for i, word in enumerate(words) if word in {"|", ">", ">>", "&&"}), len(words))]
    command: click.Command = trimtab
    context = click.Context(command, info_name="trimtab")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        child = command.get_command(context, name)
        assert child is not None, f"{page}: there is no command {name!r} in: {line}"
        context = click.Context(child, info_name=name, parent=context)
        command = child
    if "--help" not in words and not isinstance(command, click.Group):
        try:
            command.parse_args(context, words)
        except click.UsageError as error:
            pytest.fail(f"{page}: {line}: {error.format_message()}")


OFFLINE = ("policy list", "policy explain", "spec schema", "cost recommend --usage")
"""Commands that need no cloud: they are run, not only read, beside the files that the pages speak of."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with usage.parquet and inventory.csv: two weeks of a machine and of a fleet of two."""
    made = tmp_path_factory.mktemp("docs")
    names = {"vm-1": "cpu_utilization_percent", "pod-1": GPU, "pod-2": GPU}
    moments = pd.date_range("2026-03-02", periods=14 * 288, freq="5min", tz="UTC")
    usage = [
        pd.DataFrame({"resource_id": name, "metric": metric, "ts": moments, "value": 5.0 + moments.hour % 7})
        for name, metric in names.items()
    ]
    pd.concat(usage).to_parquet(made / "usage.parquet", index=False)
    rows = [
        "resource_id,kind,fleet,instance_type,region,count",
        "vm-1,machine,,m5.xlarge,us-east-1,1",
        *(f"{pod},gpu-replica,my-fleet,g5.xlarge,us-east-1,1" for pod in ("pod-1", "pod-2")),
    ]
    (made / "inventory.csv").write_text("\n".join(rows), encoding="utf-8")
    return made


def offline() -> list[tuple[str, str]]:
    return [one for one in commands() if PROMPT.sub("", one[1], count=1).startswith(OFFLINE)]


@pytest.mark.parametrize(("page", "line"), offline())
def test_command_runs(page: str, line: str, folder: Path) -> None:
    words = shlex.split(PROMPT.sub("", line, count=1), comments=True)
    words = words[: next((i for i, word in enumerate(words) if word in {"|", ">", ">>", "&&"}), len(words))]
    done = trimtab_command(*words, cwd=folder)
    assert done.code == 0, f"{page}: {line}: {done.stderr}"
    assert done.stdout or "-o" in words
