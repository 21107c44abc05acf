"""FSx data repository associations and changes of a file system, which moto lacks.

https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateDataRepositoryAssociation.html
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.fsx.responses import FSxResponse

from trimtab.local.cloud.extending import extend

Association = dict[str, Any]
_CREATE_FILE_SYSTEM = FSxResponse.create_file_system


def _associations(response: Any) -> dict[str, Association]:
    held: dict[str, Association] = response.fsx_backend.__dict__.setdefault("trimtab_associations", {})
    return held


def _find(response: Any, name: str) -> Association:
    found = _associations(response).get(name)
    if found is None:
        raise JsonRESTError("DataRepositoryAssociationNotFound", f"Data repository association {name} not found")
    return found


def _create(self: Any) -> str:
    asked = json.loads(self.body)
    if asked["FileSystemId"] not in self.fsx_backend.file_systems:
        raise JsonRESTError("FileSystemNotFound", f"File system '{asked['FileSystemId']}' does not exist.")
    backend, name = self.fsx_backend, f"dra-{uuid.uuid4().hex[:17]}"
    place = f"{backend.region_name}:{backend.account_id}"
    arn = f"arn:aws:fsx:{place}:association/{asked['FileSystemId']}/{name}"
    tags = asked.pop("Tags", [])
    kept = {key: value for key, value in asked.items() if key != "ClientRequestToken"}
    fixed = {"AssociationId": name, "ResourceARN": arn, "Lifecycle": "AVAILABLE", "Tags": tags}
    _associations(self)[name] = {**kept, **fixed}
    return json.dumps({"Association": _associations(self)[name]})


def _describe(self: Any) -> str:
    names = json.loads(self.body).get("AssociationIds") or list(_associations(self))
    return json.dumps({"Associations": [_find(self, name) for name in names]})


def _update(self: Any) -> str:
    asked = json.loads(self.body)
    found = _find(self, asked["AssociationId"])
    found.update({key: value for key, value in asked.items() if key in ("S3", "ImportedFileChunkSize")})
    return json.dumps({"Association": found})


def _delete(self: Any) -> str:
    name = json.loads(self.body)["AssociationId"]
    _find(self, name)
    del _associations(self)[name]
    return json.dumps({"AssociationId": name, "Lifecycle": "DELETING"})


def _create_file_system(self: Any) -> str:
    """A Lustre file system has a name that clients mount; moto gives none."""
    answer = json.loads(_CREATE_FILE_SYSTEM(self))
    found = self.fsx_backend.file_systems[answer["FileSystem"]["FileSystemId"]]
    if found.lustre_configuration is not None:
        found.lustre_configuration.setdefault("MountName", found.file_system_id.removeprefix("fs-"))
    return json.dumps({"FileSystem": found.to_dict()})


def _update_file_system(self: Any) -> str:
    asked = json.loads(self.body)
    found = self.fsx_backend.file_systems[asked["FileSystemId"]]
    found.storage_capacity = asked.get("StorageCapacity", found.storage_capacity)
    found.lustre_configuration = {**(found.lustre_configuration or {}), **asked.get("LustreConfiguration", {})}
    return json.dumps({"FileSystem": found.to_dict()})


def install_fsx() -> None:
    """Serve these operations."""
    extend(
        FSxResponse,
        {
            "create_data_repository_association": _create,
            "describe_data_repository_associations": _describe,
            "update_data_repository_association": _update,
            "delete_data_repository_association": _delete,
            "create_file_system": _create_file_system,
            "update_file_system": _update_file_system,
        },
    )
