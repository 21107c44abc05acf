"""Every `trimtab` command that a page shows is one that the command line takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from trimtab.cli.main import trimtab

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
