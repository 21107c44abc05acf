"""An e-mail through SES: Markdown as text, tables as HTML, the report's file beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING

from trimtab.cost.reports.alerts import alerts
from trimtab.cost.reports.as_markdown import to_markdown
from trimtab.cost.reports.delivery.aws import call
from trimtab.cost.reports.sentences import summary
from trimtab.cost.reports.templating import environment
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.cost.reports.delivery.parcel import Parcel
    from trimtab.cost.reports.delivery.port import Clients

FORM = "ses:ADDRESS[,ADDRESS…]"
SENDER = "TRIMTAB_MAIL_FROM"
"""Variable with the address that SES sends from; its domain is verified there."""
_ADDRESS = re.compile(r"[^@\s,<>]+@[^@\s,<>]+\.[^@\s,<>]+")
_MOST = 50  # recipients of one message (SES, SendEmail)
_ROWS = 10


@dataclass(frozen=True)
class Ses:
    """E-mail to some people."""

    recipients: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Ses:
        """Read `cfo@example.org,ops@example.org`.

        Raises:
            UserError: one is no address, or there are none or too many.
        """
        names = tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))
        wrong = next((one for one in names if not _ADDRESS.fullmatch(one)), None)
        if wrong is not None or not 0 < len(names) <= _MOST:
            problem = f"{wrong} is no address" if wrong else f"{len(names)} addresses"
            raise UserError(
                f"--deliver ses:{text}: {problem}; allowed: {FORM}, at most {_MOST}", remedy="write full addresses."
            )
        return cls(names)

    def prepare(self, clients: Clients) -> None:
        """Look for the sender.

        Raises:
            UserError: there is none.
        """
        _sender(clients.environment)

    def says(self, parcel: Parcel) -> str:
        """Return what would be sent and to whom."""
        return f"an e-mail with {parcel.said} to {', '.join(self.recipients)}"

    def send(self, parcel: Parcel, clients: Clients) -> None:
        """Send one message to all.

        Raises:
            UserError: there is no sender.
            WorldError: SES refused or did not answer.
        """
        sender = _sender(clients.environment)
        ses = clients.aws("sesv2")
        data = message(parcel, sender, self.recipients).as_bytes()
        call(
            f"e-mail to {', '.join(self.recipients)}",
            f"check that {sender} is verified in SES, that the account is out of its sandbox, and ses:SendEmail.",
            clients.pause,
            lambda: ses.send_email(
                FromEmailAddress=sender,
                Destination={"ToAddresses": list(self.recipients)},
                Content={"Raw": {"Data": data}},
            ),
        )


def message(parcel: Parcel, sender: str, recipients: tuple[str, ...]) -> EmailMessage:
    """Write the message: text, HTML without style sheets or pictures (mail programs drop them), and the file."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, ", ".join(recipients), parcel.title
    made.set_content(to_markdown(parcel.report))
    page = environment(html=True).get_template("mail.html.j2")
    html = page.render(
        r=parcel.report, title=parcel.title, summary=summary(parcel.report), alerts=alerts(parcel.report), rows=_ROWS
    )
    made.add_alternative(html, subtype="html")
    main, _, sub = parcel.content_type.partition(";")[0].partition("/")
    made.add_attachment(parcel.content, maintype=main, subtype=sub, filename=parcel.name)
    return made


def _sender(environment_: Mapping[str, str]) -> str:
    sender = environment_.get(SENDER, "")
    if not _ADDRESS.fullmatch(sender):
        raise UserError(
            f"--deliver ses: {SENDER} is {sender or 'not set'}; allowed: an address that SES has verified",
            remedy=f"set {SENDER} to the address that the report is sent from.",
        )
    return sender
