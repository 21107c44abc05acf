"""What every price list offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from trimtab.cost.model import Price, Unpriced

Service = Literal["ec2", "sagemaker"]


class PriceBook(Protocol):
    """A price list."""

    def price(self, service: Service, instance_type: str, region: str) -> Price | Unpriced:
        """Return the on-demand price of one unit, or why it is not known.

        Raises:
            WorldError: the list cannot be reached, which is not the same as a missing price.
        """
        ...

    def spot(self, instance_type: str, region: str) -> Price | Unpriced:
        """Return the price of one EC2 instance on spot, or why it is not known.

        Raises:
            WorldError: the list cannot be reached.
        """
        ...
