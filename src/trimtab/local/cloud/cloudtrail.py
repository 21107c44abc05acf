"""CloudTrail event data stores, which moto lacks, and trails deleted by ARN.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateEventDataStore.html
"""

from __future__ import annotations

import uuid
from typing import Any

from moto.cloudtrail.models import CloudTrailBackend
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.core.utils import utcnow

from trimtab.local.cloud.documents import Document, sent
from trimtab.local.cloud.extending import extend

_DELETE_BY_NAME = CloudTrailBackend.delete_trail


def _stores(response: Any) -> dict[str, Document]:
    held: dict[str, Document] = response.cloudtrail_backend.__dict__.setdefault("trimtab_stores", {})
    return held


def _find(response: Any) -> Document:
    arn = sent(response)["EventDataStore"]
    found = _stores(response).get(arn)
    if found is None:
        raise JsonRESTError("EventDataStoreNotFoundException", f"{arn} was not found")
    return found


def _create(self: Any) -> Any:
    backend = self.cloudtrail_backend
    arn = f"arn:aws:cloudtrail:{backend.region_name}:{backend.account_id}:eventdatastore/{uuid.uuid4()}"
    asked = sent(self)
    defaults = {"MultiRegionEnabled": True, "OrganizationEnabled": False, "RetentionPeriod": 2557}
    fixed = {"EventDataStoreArn": arn, "Status": "ENABLED", "CreatedTimestamp": utcnow()}
    tags = asked.pop("TagsList", [])
    _stores(self)[arn] = Document({**defaults, **asked, **fixed}, tags)
    return ActionResult(_stores(self)[arn].members)


def _get(self: Any) -> Any:
    return ActionResult(_find(self).members)


def _update(self: Any) -> Any:
    found = _find(self)
    found.members.update({key: value for key, value in sent(self).items() if key != "EventDataStore"})
    return ActionResult(found.members)


def _delete(self: Any) -> Any:
    """A store waits for its deletion; one under termination protection is not deleted."""
    found = _find(self)
    if found.members.get("TerminationProtectionEnabled"):
        raise JsonRESTError(
            "EventDataStoreTerminationProtectedException", "The event data store is protected from deletion."
        )
    found.members["Status"] = "PENDING_DELETION"
    return ActionResult({})


def _delete_trail(self: Any, name: str) -> None:
    _DELETE_BY_NAME(self, self.get_trail(name).trail_name)


def install_cloudtrail() -> None:
    """Serve event data stores, and DeleteTrail by name or ARN."""
    extend(
        CloudTrailResponse,
        {
            "create_event_data_store": _create,
            "get_event_data_store": _get,
            "update_event_data_store": _update,
            "delete_event_data_store": _delete,
        },
    )
    extend(CloudTrailBackend, {"delete_trail": _delete_trail})
