"""What a route can do, and what it is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trimtab.cost.reports.delivery.parcel import Parcel


@dataclass(frozen=True)
class Clients:
    """The world that a delivery goes through.

    Attributes:
        aws: a boto3 client by service.
        environment: variables, which hold what must not be on a command line.
        pause: seconds before the second attempt; each later one waits twice as long.
    """

    aws: Callable[[str], Any]
    environment: Mapping[str, str]
    pause: float = 1.0


class Route(Protocol):
    """One way to one place."""

    def prepare(self, clients: Clients) -> None:
        """Read what the delivery needs, so that what is missing is said before anybody is asked.

        Raises:
            UserError: an address or a sender is missing, or cannot be used.
            WorldError: a secret cannot be read.
        """
        ...

    def says(self, parcel: Parcel) -> str:
        """Return what would be sent and to whom, without any secret."""
        ...

    def send(self, parcel: Parcel, clients: Clients) -> None:
        """Deliver.

        Raises:
            UserError: an address is missing, or cannot be used.
            WorldError: the other side refused, or did not answer after several attempts.
        """
        ...
