"""KMS keys and aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_DEFAULT_WINDOW = 30


def _rotate(ctx: Context, key: str, inputs: Props) -> None:
    kms = ctx.client("kms")
    if inputs.get("enableKeyRotation"):
        period = inputs.get("rotationPeriodInDays")
        kms.enable_key_rotation(KeyId=key, **({"RotationPeriodInDays": period} if period else {}))
    if inputs.get("isEnabled") is False:
        kms.disable_key(KeyId=key)


def _complete(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    kms = ctx.client("kms")
    key = answer["KeyId"]
    rotation = kms.get_key_rotation_status(KeyId=key)
    props["policy"] = kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    props["enableKeyRotation"] = rotation["KeyRotationEnabled"]
    if rotation.get("RotationPeriodInDays"):
        props["rotationPeriodInDays"] = rotation["RotationPeriodInDays"]
    props["isEnabled"] = answer["Enabled"]


def _update(ctx: Context, key: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    kms = ctx.client("kms")
    _KEY.do_update(ctx, key, state, inputs, changed)
    if changed & {"enableKeyRotation", "rotationPeriodInDays"}:
        if inputs.get("enableKeyRotation"):
            _rotate(ctx, key, inputs)
        else:
            kms.disable_key_rotation(KeyId=key)
    if "isEnabled" in changed:
        (kms.disable_key if inputs.get("isEnabled") is False else kms.enable_key)(KeyId=key)


def _delete(ctx: Context, key: str, state: Props) -> None:
    window = state.get("deletionWindowInDays") or _DEFAULT_WINDOW
    ctx.client("kms").schedule_key_deletion(KeyId=key, PendingWindowInDays=window)


_KEY = Api(
    service="kms",
    create="create_key",
    id_from="KeyMetadata.KeyId",
    read="describe_key",
    read_by={"KeyId": "{id}"},
    # A key that waits for its deletion is gone for whoever declares it.
    root="[KeyMetadata][?KeyState != 'PendingDeletion'] | [0]",
    update=(
        step("update_key_description", {"KeyId": "{id}", "Description": "{description}"}, when={"description"}),
        step("put_key_policy", {"KeyId": "{id}", "PolicyName": "default"}, when={"policy"}),
    ),
    delete="schedule_key_deletion",
    rename={"KeySpec": "customerMasterKeySpec", "Enabled": "isEnabled"},
    tagging=Tagging("tag_resource", "untag_resource", "KeyId", "id", list="list_resource_tags"),
    after=_rotate,
    complete=_complete,
)
_KEY_CALLS = api(_KEY)


def _read_alias(ctx: Context, name: str, state: Props) -> Props | None:
    """An alias may point to a key by id or by ARN; it stays as it was written."""
    pages = ctx.client("kms").get_paginator("list_aliases").paginate()
    found = next((a for page in pages for a in page["Aliases"] if a["AliasName"] == name), None)
    if found is None:
        return None
    target, arn = found["TargetKeyId"], ctx.arn("kms", f"key/{found['TargetKeyId']}")
    written = state.get("targetKeyId")
    return {
        "name": name,
        "arn": found["AliasArn"],
        "targetKeyId": written if written in (target, arn) else target,
        "targetKeyArn": arn,
        "region": ctx.region,
    }


_ALIAS = Api(
    service="kms",
    create="create_alias",
    read="list_aliases",
    read_by={},
    update=(step("update_alias", {"AliasName": "{id}"}),),
    delete="delete_alias",
    delete_by={"AliasName": "{id}"},
    rename={"AliasName": "name"},
)
_ALIAS_CALLS = api(_ALIAS)

KMS: dict[str, Resource] = {
    "aws:kms/key:Key": Resource(
        create=_KEY_CALLS.create,
        read=_KEY_CALLS.read,
        update=_update,
        delete=_delete,
        replace=frozenset({"customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId", "xksKeyId"}),
    ),
    "aws:kms/alias:Alias": Resource(
        create=_ALIAS_CALLS.create, read=_read_alias, update=_ALIAS_CALLS.update, delete=_ALIAS_CALLS.delete
    ),
}
