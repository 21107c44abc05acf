"""An Adaptive Card for a Teams workflow ("when a webhook request is received").

https://adaptivecards.io/explorer/ : version 1.5, which desktop, web and phone show; at most 28 KB a message.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from trimtab.cost.reports.alerts import alerts
from trimtab.cost.reports.delivery.facts import facts
from trimtab.cost.reports.sentences import summary

if TYPE_CHECKING:
    from trimtab.cost.reports.delivery.parcel import Parcel

_ALERTS = 10
_LONGEST = 500


def teams_body(parcel: Parcel) -> dict[str, Any]:
    """Return the message."""
    report = parcel.report
    body: list[dict[str, Any]] = [
        {"type": "TextBlock", "text": plain(parcel.title), "size": "Large", "weight": "Bolder", "wrap": True},
        {"type": "TextBlock", "text": plain(" ".join(summary(report))), "wrap": True},
        {"type": "FactSet", "facts": [{"title": name, "value": plain(value)} for name, value in facts(report)]},
    ]
    grave = alerts(report)[:_ALERTS]
    if grave:
        body.append({"type": "TextBlock", "text": "Look at", "weight": "Bolder", "separator": True})
        body += [
            {"type": "TextBlock", "text": plain(one)[:_LONGEST], "wrap": True, "color": "Attention"} for one in grave
        ]
    card = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "msteams": {"width": "Full"},
        "body": body,
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def plain(text: str) -> str:
    """Escape what a text block reads as Markdown, so that no name of a resource becomes a link."""
    return re.sub(r"([\\\[\]*_`])", r"\\\1", text)
