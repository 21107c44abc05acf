"""An account as an inventory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from trimtab.cost.sources.inventory_aws.registry import READERS
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trimtab.cost.model import Resource
    from trimtab.cost.sources.inventory_aws.base import ClientOf


def _ignore(_: str) -> None:
    return None


@dataclass(frozen=True)
class AwsAccount:
    """The resources of some regions that are of a kind that can be sized.

    Attributes:
        tell: hears what is being read.
        refused: hears what could not be read.
    """

    client_of: ClientOf
    regions: Sequence[str]
    tell: Callable[[str], None] = field(default=_ignore)
    refused: Callable[[str], None] = field(default=_ignore)

    @classmethod
    def from_environment(
        cls, regions: Sequence[str], tell: Callable[[str], None], refused: Callable[[str], None]
    ) -> AwsAccount:
        """Use boto3's own configuration (credentials, AWS_ENDPOINT_URL) and its adaptive retries.

        Raises:
            UserError: no region was named, and the environment names none.
        """
        config = Config(retries={"mode": "adaptive", "max_attempts": 8})
        own = boto3.Session().region_name
        if not regions and not own:
            raise UserError("--region: is missing", remedy="name a region, or set AWS_REGION.")

        def client(service: str, region: str) -> Any:
            made: Any = boto3.client(service, region_name=region, config=config)  # type: ignore[call-overload]  # any service
            return made

        return cls(client, regions or (str(own),), tell, refused)

    def resources(self) -> tuple[Resource, ...]:
        """Return every resource; a kind that may not be read is named and the others are read on.

        Raises:
            UserError: there is nothing that can be sized.
            WorldError: not one kind could be read.
        """
        found: list[Resource] = []
        unread: list[str] = []
        for region in self.regions:
            for reader in READERS:
                self.tell(f"{reader.kind}, {region}")
                try:
                    found += list(reader.read(self.client_of, region))
                except (BotoCoreError, ClientError) as error:
                    unread.append(f"{reader.kind} in {region}: {error}")
        if len(unread) == len(self.regions) * len(READERS):
            raise WorldError(
                f"--inventory aws: nothing could be read: {unread[0]}",
                remedy="check credentials and region; `trimtab doctor --policy` prints what the role must be allowed.",
            )
        for one in unread:
            self.refused(f"not in the inventory: {one}")
        if not found:
            raise UserError(
                f"--inventory aws: nothing that can be sized runs in {', '.join(self.regions)}",
                remedy="name other regions with --region; `trimtab cost waste` looks at what else an account holds.",
            )
        return _told_apart(found)


def _told_apart(found: Sequence[Resource]) -> tuple[Resource, ...]:
    """Put the region before a name that stands in several regions: samples are joined by it."""
    names = Counter(one.resource_id for one in found)
    return tuple(
        one.model_copy(update={"resource_id": f"{one.region}/{one.resource_id}"}) if names[one.resource_id] > 1 else one
        for one in found
    )
