"""The `trimtab` commands that pages show, and what is done with each of them in the tests."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
FENCE = re.compile(r"^ *```(?:bash|sh|console)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
PROMPT = re.compile(r"^\s*\$?\s*(?:\.venv/bin/)?trimtab\s")
ENDS = frozenset({"|", ">", ">>", "&&"})

OFFLINE = (
    "policy list",
    "policy explain",
    "spec schema",
    "cost recommend --usage",
    "cost waste --permissions",
    "doctor --policy",
)
"""Commands that need no cloud: they are run beside the files that the pages speak of."""

ON_A_STACK = (
    "cost recommend --stack",
    "cost recommend --state",
    "cost report --stack",
    "cost waste --region",
    "cost waste --kind",
    "policy check",
    "local status",
    "doctor --apply",
)
"""Commands that only read: they are run on the stack of the demo, which its test brings up."""

IN_PROSE = {
    "trimtab render --stack dev -o objects": "render --stack dev -o objects",
    "trimtab cost inventory": "cost inventory --stack dev",
    "trimtab cost verify": "cost verify --stack dev",
    "trimtab local env": "local env",
    "trimtab doctor": "doctor",
}
"""Commands that a page names in a sentence, with what one would type; they are run there too."""

ELSEWHERE = {
    "local up": "examples/demo/run.sh runs it",
    "local load": "examples/demo/run.sh runs it; once more would play the load twice",
    "local down": "it ends the cloud; tests/local end one with it",
    "cost apply": "it changes the stack; examples/demo/run.sh runs it, and tests/cost/apply with --pull-request",
    "cost report --deliver": "bucket and channel are the reader's; tests/cost/reports/test_delivery.py has its own",
    "cost report --organisation": "the accounts are the reader's; tests/cost/reports/test_organisation.py reads three",
    "cost spend --export": "the bill is the reader's; tests/cost/spend/test_command.py reads one of its own",
    "cost spend --source": "the account is the reader's; tests/cost/spend/test_cost_explorer.py asks moto",
    "cost recommend --store": "it needs both servers; tests/cost/store/test_cloudwatch.py has moto and counts",
    "cost report --store": "it replays the reader's own store; tests/cost/store/test_cloudwatch.py replays one",
    "cost commitments": "the bill is the reader's; tests/cost/commitments/test_rates.py runs it on one of its own",
    "cost report --spend": "the bill is the reader's; tests/cost/reports/test_billed_command.py reads one of its own",
    "cost resume": "it takes a run that died; tests/cost/apply/test_killed.py kills one and resumes it",
    "cost recommend --inventory": "the address is the reader's; tests/cost/sources/prometheus starts a real server",
    "cost usage --inventory": "the address is the reader's; tests/cost/sources/prometheus starts a real server",
}
"""Commands that are not run by their page's own words, each with the reason."""


def commands() -> list[tuple[str, str]]:
    """Return page and line of each command in a block of a page, and in a workflow."""
    found = []
    for page in PAGES:
        for block in FENCE.findall(page.read_text(encoding="utf-8")):
            lines = block.replace("\\\n", " ").splitlines()
            found += [(str(page.relative_to(ROOT)), line.strip()) for line in lines if PROMPT.match(line)]
    for workflow in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        lines = re.findall(r"\.venv/bin/trimtab .*", workflow.read_text(encoding="utf-8"))
        found += [(str(workflow.relative_to(ROOT)), line) for line in lines]
    return found


def words(line: str) -> list[str]:
    """Return a command's own words, without its name and what a shell does with what it prints."""
    split = shlex.split(PROMPT.sub("", line, count=1), comments=True)
    return split[: next((at for at, word in enumerate(split) if word in ENDS), len(split))]


def of(prefixes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the commands that begin so."""
    return [one for one in commands() if " ".join(words(one[1])).startswith(prefixes)]


def on_stack(stack: str) -> list[list[str]]:
    """Return the words of each command that is run on a stack, once, in the pages' order; its name for theirs."""
    lines = [words(line) for _, line in of(ON_A_STACK)] + [text.split() for text in IN_PROSE.values()]
    found: list[list[str]] = []
    for line in lines:
        named = [stack if before == "--stack" else word for before, word in zip(["", *line], line, strict=False)]
        if named not in found:
            found.append(named)
    return found
