"""A webhook's address: whoever knows it may post, so it is read from where secrets are, and is never shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from trimtab.cost.reports.delivery.port import Clients

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SECRET = "secret:"  # noqa: S105  # a prefix
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Address:
    """Where an address is kept.

    Attributes:
        route: the route's name, for messages.
        place: the name of a variable, or `secret:` and the name of a secret in AWS Secrets Manager.
    """

    route: str
    place: str

    @classmethod
    def of(cls, route: str, text: str, default: str) -> Address:
        """Read the name of a variable or of a secret.

        Raises:
            UserError: it is neither; what was given is not repeated, as it may be the address itself.
        """
        place = text or default
        name = place.removeprefix(_SECRET)
        sound = (
            bool(name) and "://" not in name if place.startswith(_SECRET) else _VARIABLE.fullmatch(place) is not None
        )
        if not sound:
            raise UserError(
                f"--deliver {route}: takes the name of a variable, or secret: and the name of a secret; "
                "an address is not taken, as command lines are seen by others",
                remedy=f"put the address into {default} and write --deliver {route}; "
                "if an address was on the command line, replace it.",
            )
        return cls(route, place)

    @property
    def said(self) -> str:
        """Where it is kept."""
        return (
            f"secret {self.place.removeprefix(_SECRET)}" if self.place.startswith(_SECRET) else f"variable {self.place}"
        )

    def read(self, clients: Clients) -> str:
        """Return the address.

        Raises:
            UserError: there is none, or it is not one that may be used.
            WorldError: the secret cannot be read.
        """
        found = self._secret(clients) if self.place.startswith(_SECRET) else clients.environment.get(self.place, "")
        parts = urlsplit(found.strip())
        if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE)):
            raise UserError(
                f"--deliver {self.route}: {self.said} holds {'no' if found else 'nothing, not an'} https address",
                remedy="put the webhook's address there.",
            )
        return found.strip()

    def _secret(self, clients: Clients) -> str:
        name = self.place.removeprefix(_SECRET)
        try:
            return str(clients.aws("secretsmanager").get_secret_value(SecretId=name).get("SecretString", ""))
        except (BotoCoreError, ClientError) as error:
            raise WorldError(
                f"--deliver {self.route}: secret {name} cannot be read: {error}",
                remedy="check its name and secretsmanager:GetSecretValue.",
            ) from error
