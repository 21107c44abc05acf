"""The routes by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.reports.delivery.address import Address
from trimtab.cost.reports.delivery.s3 import FORM as S3_FORM
from trimtab.cost.reports.delivery.s3 import S3
from trimtab.cost.reports.delivery.ses import FORM as SES_FORM
from trimtab.cost.reports.delivery.ses import Ses
from trimtab.cost.reports.delivery.slack import slack_body
from trimtab.cost.reports.delivery.teams import teams_body
from trimtab.cost.reports.delivery.webhook import Webhook
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trimtab.cost.reports.delivery.port import Route

SLACK, TEAMS = "TRIMTAB_SLACK_WEBHOOK", "TRIMTAB_TEAMS_WEBHOOK"

ROUTES: dict[str, tuple[str, Callable[[str], Route]]] = {
    "s3": (S3_FORM, S3.of),
    "ses": (SES_FORM, Ses.of),
    "slack": (
        "slack[:VARIABLE or :secret:NAME]",
        lambda text: Webhook("Slack", Address.of("slack", text, SLACK), slack_body),
    ),
    "teams": (
        "teams[:VARIABLE or :secret:NAME]",
        lambda text: Webhook("Teams", Address.of("teams", text, TEAMS), teams_body),
    ),
}


def route_of(text: str) -> Route:
    """Read one `--deliver`.

    Raises:
        UserError: it names no route, or an address that cannot be used.
    """
    name, _, rest = text.partition(":")
    if name not in ROUTES:
        # The text is not repeated: it may be the address of a webhook.
        raise UserError(
            f"--deliver: names no route; allowed: {'; '.join(form for form, _ in ROUTES.values())}",
            remedy="write one of these; an address of a webhook belongs in a variable.",
        )
    return ROUTES[name][1](rest)
