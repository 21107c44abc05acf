"""Advice as one HTML file that loads nothing: a table an owner, in the report's own style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cli.cost.advice_rows import by_owner, total
from trimtab.cost.reports.templating import environment
from trimtab.cost.sizing.words import said

if TYPE_CHECKING:
    from trimtab.cost.model import AdviceDocument


def advice_html(document: AdviceDocument) -> str:
    """Write the page."""
    return (
        environment(html=True)
        .get_template("advice.html.j2")
        .render(document=document, groups=by_owner(document), total=total(document.advice), said=said)
    )
