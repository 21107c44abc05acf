"""The generated part of docs/policies: an index, a page a rule, a page a framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.catalogue import SLUGS
from trimtab.rules.coverage import coverage, label
from trimtab.rules.page import rule_page
from trimtab.rules.registry import RULES
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.rules.port import Framework

_GENERATED = "<!-- written by `trimtab policy docs`; change the rule, not this page -->\n\n"


def pages() -> dict[str, str]:
    """Every generated page: its path below the folder, and its text."""
    by_rule = {f"rules/{rule.id}.md": _GENERATED + rule_page(rule) for rule in RULES}
    matrices = {f"frameworks/{slug}.md": _GENERATED + _matrix(framework) for slug, framework in SLUGS.items()}
    return {"index.md": _GENERATED + _index(), **by_rule, **matrices}


def stale_pages(folder: Path) -> list[str]:
    """The pages that are missing, differ from what the rules say, or belong to a rule that is gone."""
    wanted = pages()
    stale = [name for name, text in wanted.items() if _text(folder / name) != text]
    present = {
        path.relative_to(folder).as_posix() for sub in ("rules", "frameworks") for path in folder.glob(f"{sub}/*.md")
    }
    return sorted([*stale, *(present - set(wanted))])


def write_pages(folder: Path) -> None:
    """Bring the folder in step with the rules.

    Raises:
        WorldError: a page cannot be written.
    """
    wanted = pages()
    try:
        for name in stale_pages(folder):
            path = folder / name
            if name not in wanted:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[name], encoding="utf-8")
    except OSError as error:
        raise WorldError(
            f"{error.filename}: cannot be written: {error.strerror}", remedy="name a folder that can be written."
        ) from error


def _index() -> str:
    rows = [
        f"| [{rule.id}](rules/{rule.id}.md) | {rule.pack} | {rule.severity.value} | {rule.enforcement} "
        f"| {rule.scope} | {rule.title} |"
        for rule in RULES
    ]
    matrices = "\n".join(f"- [{framework.value}](frameworks/{slug}.md)" for slug, framework in SLUGS.items())
    head = "| rule | pack | severity | enforcement | scope | what holds |\n|---|---|---|---|---|---|"
    table = "\n".join([head, *rows])
    return f"# The rules\n\n{table}\n\n## What they serve\n\n{matrices}\n"


def _matrix(framework: Framework) -> str:
    items = coverage(framework, RULES)
    rows = [
        f"| {label(framework, item)} | {', '.join(f'[{rule}](../rules/{rule}.md)' for rule in rules)} |"
        for item, rules in items.items()
        if rules
    ]
    uncovered = [label(framework, item) for item, rules in items.items() if not rules]
    table = "\n".join(["| item | rules |", "|---|---|", *rows])
    missing = "\n".join(f"- {item}" for item in uncovered) or "- nothing"
    return f"# {framework.value}\n\n{table}\n\nNo rule covers:\n\n{missing}\n"


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return None
