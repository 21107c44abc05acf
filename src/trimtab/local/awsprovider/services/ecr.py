"""ECR repositories, their policies, and the registry's scanning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _delete_repository(ctx: Context, name: str, state: Props) -> None:
    """Images go with it only where `forceDelete` was set."""
    ctx.client("ecr").delete_repository(repositoryName=name, force=bool(state.get("forceDelete")))


def _encryption(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    held = answer.get("encryptionConfiguration") or {}
    found = {"encryptionType": held.get("encryptionType", "AES256"), "kmsKey": held.get("kmsKey")}
    props["encryptionConfigurations"] = [{key: value for key, value in found.items() if value}]


_REPOSITORY = api(
    Api(
        service="ecr",
        create="create_repository",
        read="describe_repositories",
        read_by={"repositoryNames": "[{id}]"},
        root="repositories[0]",
        update=(
            step("put_image_tag_mutability", {"repositoryName": "{id}"}, when={"imageTagMutability"}),
            step(
                "put_image_scanning_configuration",
                {"repositoryName": "{id}"},
                when={"imageScanningConfiguration"},
            ),
        ),
        delete="delete_repository",
        rename={"repositoryName": "name", "repositoryArn": "arn", "repositoryUri": "repositoryUrl"},
        tagging=Tagging(
            "tag_resource", "untag_resource", "resourceArn", list="list_tags_for_resource", at="tags", keys="tagKeys"
        ),
        complete=_encryption,
    )
)
_LIFECYCLE = Api(
    service="ecr",
    create="put_lifecycle_policy",
    id="{repository}",
    read="get_lifecycle_policy",
    read_by={"repositoryName": "{id}"},
    update=(step("put_lifecycle_policy"),),
    delete="delete_lifecycle_policy",
    rename={"repositoryName": "repository", "lifecyclePolicyText": "policy"},
)
_POLICY = Api(
    service="ecr",
    create="set_repository_policy",
    id="{repository}",
    read="get_repository_policy",
    read_by={"repositoryName": "{id}"},
    update=(step("set_repository_policy"),),
    delete="delete_repository_policy",
    rename={"repositoryName": "repository", "policyText": "policy"},
)


def _scan_basic(ctx: Context, _id: str, _state: Props) -> None:
    """A registry always has a scanning configuration: deleting ours leaves the basic one."""
    ctx.client("ecr").put_registry_scanning_configuration(scanType="BASIC", rules=[])


def _flat(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    props["scanType"] = answer["scanType"]


_SCANNING = api(
    Api(
        service="ecr",
        create="put_registry_scanning_configuration",
        id="{account}",
        read="get_registry_scanning_configuration",
        read_by={},
        root="scanningConfiguration",
        update=(step("put_registry_scanning_configuration"),),
        delete="put_registry_scanning_configuration",
        outputs={"registryId": "{account}"},
        complete=_flat,
    )
)

ECR: dict[str, Resource] = {
    "aws:ecr/repository:Repository": Resource(
        create=_REPOSITORY.create,
        read=_REPOSITORY.read,
        update=_REPOSITORY.update,
        delete=_delete_repository,
        replace=frozenset({"encryptionConfigurations"}),
    ),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": api(_LIFECYCLE, replace=("repository",)),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": api(_POLICY, replace=("repository",)),
    "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": Resource(
        create=_SCANNING.create, read=_SCANNING.read, update=_SCANNING.update, delete=_scan_basic
    ),
}
