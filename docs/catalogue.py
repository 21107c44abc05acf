"""The page that counts what there is, made from the registries, with a link to the page of each entry."""

from __future__ import annotations

from docs.components import page_name
from docs.sources import SOURCES
from docs.tables import page, table

from trimtab import components
from trimtab.cost.account import ACCOUNT_KINDS
from trimtab.cost.kinds import KINDS
from trimtab.rules.registry import RULES


def entries() -> dict[str, dict[str, str]]:
    """Return each registry's entries: name → page, below docs."""
    packs = sorted({rule.pack for rule in RULES})
    return {
        "components": {
            name: f"components/{page_name(getattr(components, name))}.md" for name in sorted(components.__all__)
        },
        "kinds that are sized": {name: f"cost/kinds/{name}.md" for name in KINDS},
        "kinds that are looked through for waste": {name: f"cost/kinds/{name}.md" for name in ACCOUNT_KINDS},
        "sources": {name: f"cost/sources/{name}.md" for name in SOURCES},
        **{
            f"rules of the pack `{pack}`": {
                rule.id: f"policies/rules/{rule.id}.md" for rule in RULES if rule.pack == pack
            }
            for pack in packs
        },
    }


INDEXES = {
    "components": "components/README.md",
    "kinds that are sized": "cost/kinds/README.md",
    "kinds that are looked through for waste": "cost/kinds/README.md",
    "sources": "cost/sources/README.md",
}
"""The page that describes all entries of a registry; that of the rules is policies/index.md."""


def catalogue_page() -> str:
    """Return the page."""
    found = entries()
    counts = [
        [what, str(len(pages)), f"[{INDEXES.get(what, 'policies/index.md')}]({INDEXES.get(what, 'policies/index.md')})"]
        for what, pages in found.items()
    ]
    total = ["rules", str(len(RULES)), "[policies/index.md](policies/index.md)"]
    return page(
        "# What there is",
        "Counted by `make docs` from the registries.",
        table(["what", "how many", "described in"], [*counts, total]),
        *(f"## {_capital(what)}\n\n{_links(pages)}" for what, pages in found.items()),
    )


def _links(pages: dict[str, str]) -> str:
    return ", ".join(f"[{name}]({path})" for name, path in pages.items()) + "."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
