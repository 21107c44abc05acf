"""Write the pages that are made from the code: `make docs`. A test holds the committed ones to it."""

from __future__ import annotations

import json
from pathlib import Path

import click
from docs.catalogue import catalogue_page
from docs.components import component_pages
from docs.kinds import kind_pages
from docs.sources import source_pages
from docs.waste import waste_pages

from trimtab.cli.main import trimtab
from trimtab.rules.docs import pages as policy_pages
from trimtab.spec.schema import platform_schema, stack_schema

DOCS = Path(__file__).parent
HELP_WIDTH = 100
HAND_WRITTEN_TOO = ("", "policies")
"""Folders in which people write as well; all others hold generated pages only."""


def pages() -> dict[str, str]:
    """Return every generated page: path below docs → text."""
    return {
        "schema/platform.json": _json(platform_schema()),
        "schema/stack.json": _json(stack_schema()),
        "catalogue.md": catalogue_page(),
        "commands.md": commands_page(),
        **component_pages(),
        **kind_pages(),
        **waste_pages(),
        **source_pages(),
        **{f"policies/{name}": text for name, text in policy_pages().items()},
    }


def commands_page() -> str:
    """Return the help of every command, in the order that `--help` lists them."""
    sections = ["# Commands", "", "Written by `make docs` from the commands themselves.", ""]
    for context, command in _walk(trimtab, click.Context(trimtab, info_name="trimtab")):
        sections += [f"## {context.command_path}", "", "```text", command.get_help(context), "```", ""]
    return "\n".join(sections)


def _walk(command: click.Command, context: click.Context) -> list[tuple[click.Context, click.Command]]:
    context.max_content_width = HELP_WIDTH
    context.terminal_width = HELP_WIDTH
    found = [(context, command)]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                found += _walk(child, click.Context(child, info_name=name, parent=context))
    return found


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def stale() -> list[str]:
    """Return the pages of entries that are gone, below docs."""
    made = pages()
    folders = {name.rpartition("/")[0] for name in made if name.rpartition("/")[0] not in HAND_WRITTEN_TOO}
    present = {path.relative_to(DOCS).as_posix() for folder in folders for path in (DOCS / folder).glob("*.*")}
    return sorted(present - set(made))


def write() -> None:
    """Write every page that differs from what stands, and remove those of entries that are gone."""
    for name in stale():
        (DOCS / name).unlink()
        click.echo(f"removed docs/{name}")
    for name, text in pages().items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            click.echo(f"wrote docs/{name}")


if __name__ == "__main__":
    write()
