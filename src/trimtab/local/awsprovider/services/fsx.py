"""FSx for Lustre file systems, and their ties to S3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.convert import from_aws, to_aws
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.api import Adjust
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.resource import Resource
    from trimtab.local.awsprovider.values import Props

_RENAME = {"DataRepositoryConfiguration": "", "ResourceARN": "arn", "DNSName": "dnsName"}


def _lustre(operation: str) -> Adjust:
    def adjust(ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
        """Most settings lie in a structure of their own."""
        if operation == "CreateFileSystem":
            params["FileSystemType"] = "LUSTRE"
        shape = ctx.client("fsx").meta.service_model.operation_model(operation).input_shape
        params["LustreConfiguration"] = to_aws(shape.members["LustreConfiguration"], inputs, _RENAME)

    return adjust


def _complete(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    inner = from_aws(answer.get("LustreConfiguration") or {}, ctx.type.outputs, ctx.type.objects, _RENAME)
    props.update({key: value for key, value in inner.items() if key not in props})


_LUSTRE = Api(
    service="fsx",
    create="create_file_system",
    id_from="FileSystem.FileSystemId",
    read="describe_file_systems",
    read_by={"FileSystemIds": "[{id}]"},
    root="FileSystems[0]",
    update=(step("update_file_system", {"FileSystemId": "{id}"}, adjust=_lustre("UpdateFileSystem")),),
    delete="delete_file_system",
    delete_by={"FileSystemId": "{id}"},
    rename=_RENAME,
    tagging=Tagging("tag_resource", "untag_resource", "ResourceARN"),
    adjust=_lustre("CreateFileSystem"),
    complete=_complete,
)

_ASSOCIATION = Api(
    service="fsx",
    create="create_data_repository_association",
    id_from="Association.AssociationId",
    read="describe_data_repository_associations",
    read_by={"AssociationIds": "[{id}]"},
    root="Associations[0]",
    update=(step("update_data_repository_association", {"AssociationId": "{id}"}),),
    delete="delete_data_repository_association",
    delete_by={"AssociationId": "{id}"},
    rename={"ResourceARN": "arn"},
    tagging=Tagging("tag_resource", "untag_resource", "ResourceARN"),
)

FSX: dict[str, Resource] = {
    "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation": api(
        _ASSOCIATION,
        replace=("batchImportMetaDataOnCreate", "dataRepositoryPath", "fileSystemId", "fileSystemPath"),
    ),
    "aws:fsx/lustreFileSystem:LustreFileSystem": api(
        _LUSTRE,
        replace=(
            "backupId",
            "copyTagsToBackups",
            "deploymentType",
            "driveCacheType",
            "efaEnabled",
            "exportPath",
            "fileSystemTypeVersion",
            "importPath",
            "importedFileChunkSize",
            "kmsKeyId",
            "securityGroupIds",
            "storageType",
            "subnetIds",
        ),
    ),
}
