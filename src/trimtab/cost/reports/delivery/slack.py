"""Slack's Block Kit.

https://docs.slack.dev/reference/block-kit/blocks : a header holds 150 characters, a section's text 3,000, a section ten
fields of 2,000 each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.cost.reports.alerts import alerts
from trimtab.cost.reports.delivery.facts import facts
from trimtab.cost.reports.sentences import summary

if TYPE_CHECKING:
    from trimtab.cost.reports.delivery.parcel import Parcel

_HEADER, _TEXT, _FIELD, _FIELDS = 150, 3000, 2000, 10


def slack_body(parcel: Parcel) -> dict[str, Any]:
    """Return the message; `text` is what notifications and screen readers say."""
    report = parcel.report
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": parcel.title[:_HEADER]}},
        {"type": "section", "text": _marked(" ".join(summary(report)))},
        {
            "type": "section",
            "fields": [
                {"type": "mrkdwn", "text": f"*{escaped(name)}*\n{escaped(value)}"[:_FIELD]}
                for name, value in facts(report)[:_FIELDS]
            ],
        },
    ]
    grave = alerts(report)
    if grave:
        blocks.append({"type": "section", "text": _marked("\n".join(f"• {one}" for one in grave), "*Look at*\n")})
    where = f"Stack {report.stack} ({report.environment}), written {report.generated:%Y-%m-%d %H:%M} UTC by trimtab"
    blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": escaped(where)}]})
    return {"text": f"{parcel.title}. {' '.join(summary(report))}"[:_TEXT], "blocks": blocks}


def escaped(text: str) -> str:
    """Escape the three characters that Slack reads as control; no name can mention a channel or hide a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _marked(text: str, head: str = "") -> dict[str, str]:
    return {"type": "mrkdwn", "text": f"{head}{escaped(text)}"[:_TEXT]}
