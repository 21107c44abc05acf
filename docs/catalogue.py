"""The page that counts what there is, made from the registries, with a link to where each is described."""

from __future__ import annotations

from trimtab import components
from trimtab.cost.account import ACCOUNT_KINDS
from trimtab.cost.kinds import KINDS
from trimtab.rules.registry import RULES

SOURCES = {
    "cloudwatch": "metrics of AWS, in batches of 500 series",
    "prometheus": "instant and range queries, in slices",
    "files": "Parquet and CSV, long, one metric a row",
    "stack state": "the inventory: sizing handles that components registered",
}
"""Where samples and resources come from; see cost/sources.md and cost/files.md."""


def catalogue_page() -> str:
    """Return the page."""
    packs: dict[str, int] = {}
    for rule in RULES:
        packs[rule.pack] = packs.get(rule.pack, 0) + 1
    lines = [
        "# What there is",
        "",
        "Counted by `make docs` from the registries.",
        "",
        "| what | how many | described in |",
        "|---|---|---|",
        f"| components | {len(components.__all__)} | [components](components/README.md) |",
        f"| kinds that are sized | {len(KINDS)} | [cost/kinds.md](cost/kinds.md) |",
        f"| kinds that are looked through for waste | {len(ACCOUNT_KINDS)} | [cost/waste.md](cost/waste.md) |",
        f"| sources | {len(SOURCES)} | [cost/sources.md](cost/sources.md) |",
        f"| rules | {len(RULES)} | [policies/index.md](policies/index.md) |",
        *(f"| rules of the pack `{pack}` | {count} | |" for pack, count in sorted(packs.items())),
        "",
        "Kinds: " + ", ".join(f"`{name}`" for name in [*KINDS, *ACCOUNT_KINDS]) + ".",
        "",
        "Sources: " + "; ".join(f"{name}: {what}" for name, what in SOURCES.items()) + ".",
    ]
    return "\n".join(lines) + "\n"
