"""AWS Backup vaults, plans and selections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.convert import from_aws, to_aws
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.resource import Resource
    from trimtab.local.awsprovider.values import Props

_TAGS = Tagging("tag_resource", "untag_resource", "ResourceArn", list="list_tags", keys="TagKeyList")
_PLAN_NAMES = {
    "BackupPlanName": "name",
    "TargetBackupVaultName": "targetVaultName",
    "ScheduleExpression": "schedule",
    "StartWindowMinutes": "startWindow",
    "CompletionWindowMinutes": "completionWindow",
    "MoveToColdStorageAfterDays": "coldStorageAfter",
    "DeleteAfterDays": "deleteAfter",
    "DestinationBackupVaultArn": "destinationVaultArn",
}


def _vault_tags(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    if inputs.get("tagsAll"):
        params["BackupVaultTags"] = inputs["tagsAll"]


_VAULT = Api(
    service="backup",
    create="create_backup_vault",
    read="describe_backup_vault",
    read_by={"BackupVaultName": "{id}"},
    delete="delete_backup_vault",
    rename={
        "BackupVaultName": "name",
        "BackupVaultArn": "arn",
        "EncryptionKeyArn": "kmsKeyArn",
        "NumberOfRecoveryPoints": "recoveryPoints",
    },
    tagging=_TAGS,
    adjust=_vault_tags,
)


def _plan(ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    shape = ctx.client("backup").meta.service_model.operation_model("CreateBackupPlan").input_shape
    params["BackupPlan"] = to_aws(shape.members["BackupPlan"], inputs, _PLAN_NAMES)


def _new_plan(ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    _plan(ctx, inputs, params)
    if inputs.get("tagsAll"):
        params["BackupPlanTags"] = inputs["tagsAll"]


def _read_plan(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    held = from_aws(answer["BackupPlan"], ctx.type.outputs, ctx.type.objects, _PLAN_NAMES)
    props.update({key: value for key, value in held.items() if key in ("name", "rules")})


_PLAN = Api(
    service="backup",
    create="create_backup_plan",
    id_from="BackupPlanId",
    read="get_backup_plan",
    read_by={"BackupPlanId": "{id}"},
    # A plan that was deleted is still described, with the date.
    root="[@][?DeletionDate == null] | [0]",
    update=(step("update_backup_plan", {"BackupPlanId": "{id}"}, adjust=_plan),),
    delete="delete_backup_plan",
    rename={"BackupPlanArn": "arn", "VersionId": "version"},
    tagging=_TAGS,
    adjust=_new_plan,
    complete=_read_plan,
)

BACKUP: dict[str, Resource] = {
    "aws:backup/vault:Vault": api(_VAULT),
    "aws:backup/plan:Plan": api(_PLAN, moving=("version",)),
}
