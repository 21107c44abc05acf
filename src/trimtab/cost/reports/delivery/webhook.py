"""JSON to a webhook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from trimtab.cost.reports.delivery.attempts import ATTEMPTS, PassingError, attempted
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trimtab.cost.reports.delivery.address import Address
    from trimtab.cost.reports.delivery.parcel import Parcel
    from trimtab.cost.reports.delivery.port import Clients

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_SECONDS = 20.0
_SHOWN = 120


@dataclass(frozen=True)
class Webhook:
    """A chat's incoming webhook.

    Attributes:
        name: of the chat, for messages.
        address: where its address is kept.
        body: what is posted.
    """

    name: str
    address: Address
    body: Callable[[Parcel], dict[str, Any]]

    def prepare(self, clients: Clients) -> None:
        """Read the address.

        Raises:
            UserError: there is none.
            WorldError: the secret cannot be read.
        """
        self.address.read(clients)

    def says(self, parcel: Parcel) -> str:
        """Return what would be sent and to whom; the address is not shown."""
        return f"a summary of “{parcel.title}” to the {self.name} webhook in {self.address.said}"

    def send(self, parcel: Parcel, clients: Clients) -> None:
        """Post the summary.

        Raises:
            UserError: there is no address.
            WorldError: the chat refused or did not answer.
        """
        url, body = self.address.read(clients), self.body(parcel)
        try:
            attempted(lambda: self._once(url, body), clients.pause)
        except PassingError as error:
            # Without `from`: httpx's own errors hold the address.
            raise WorldError(
                f"{self.name}: not delivered after {ATTEMPTS} attempts: {error}",
                remedy=f"check the network and the address in {self.address.said}.",
            ) from None

    def _once(self, url: str, body: dict[str, Any]) -> None:
        try:
            answer = httpx.post(url, json=body, timeout=_SECONDS)
        except httpx.TransportError as error:
            raise PassingError(type(error).__name__) from None
        if answer.status_code in _PASSING:
            raise PassingError(f"it answered {answer.status_code}")
        if not answer.is_success:
            said = " ".join(answer.text.split()).replace(url, "(the address)")[:_SHOWN]
            raise WorldError(
                f"{self.name}: not delivered: it answered {answer.status_code}{f': {said}' if said else ''}",
                remedy=f"make the webhook anew and put its address into {self.address.said}.",
            )
