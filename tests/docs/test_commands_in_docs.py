"""Every `trimtab` command that a page shows is one that the command line takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pandas as pd
import pytest

from tests.docs.documented import ELSEWHERE, IN_PROSE, OFFLINE, ON_A_STACK, PAGES, commands, of, words
from tests.support.cloud import trimtab as trimtab_command
from trimtab.cli.main import trimtab

if TYPE_CHECKING:
    from pathlib import Path

GPU = "gpu_utilization_percent"


def test_pages_show_commands() -> None:
    assert len(commands()) > 5


@pytest.mark.parametrize(("page", "line"), commands())
def test_command_parses(page: str, line: str) -> None:
    rest = words(line)
    command: click.Command = trimtab
    context = click.Context(command, info_name="trimtab")
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        name = rest.pop(0)
        child = command.get_command(context, name)
        assert child is not None, f"{page}: there is no command {name!r} in: {line}"
        context = click.Context(child, info_name=name, parent=context)
        command = child
    if "--help" not in rest and not isinstance(command, click.Group):
        try:
            command.parse_args(context, rest)
        except click.UsageError as error:
            pytest.fail(f"{page}: {line}: {error.format_message()}")


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


@pytest.mark.parametrize(("page", "line"), of(OFFLINE))
def test_command_runs(page: str, line: str, folder: Path) -> None:
    done = trimtab_command(*words(line), cwd=folder)
    assert done.code == 0, f"{page}: {line}: {done.stderr}"
    assert done.stdout or "-o" in words(line)


WAYS = (*OFFLINE, *ON_A_STACK, *ELSEWHERE)


@pytest.mark.parametrize(("page", "line"), commands())
def test_command_is_run_or_not_for_a_reason(page: str, line: str) -> None:
    ways = [way for way in WAYS if " ".join(words(line)).startswith(way)]
    assert len(ways) == 1, f"{page}: {line}: name it in one of the lists of tests/docs/documented.py"


@pytest.mark.parametrize("way", WAYS)
def test_no_way_is_for_a_command_that_no_page_shows(way: str) -> None:
    # `spec schema` stands in the README's own comments, not in a block of commands.
    assert of((way,)) or way == "spec schema"


@pytest.mark.parametrize("text", IN_PROSE)
def test_a_page_names_it(text: str) -> None:
    assert any(f"`{text}" in page.read_text(encoding="utf-8").replace(".venv/bin/", "") for page in PAGES)
