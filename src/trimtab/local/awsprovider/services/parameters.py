"""SSM parameters, Secrets Manager secrets and their versions."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _value(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    params["Value"] = inputs.get("value") or inputs.get("insecureValue")


def _overwrite(ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    _value(ctx, inputs, params)
    params["Overwrite"] = True
    params.pop("Tags", None)


def _read_parameter(ctx: Context, name: str, state: Props) -> Props | None:
    ssm = ctx.client("ssm")
    found = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]
    tags = ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId=name)["TagList"]
    described = ssm.describe_parameters(ParameterFilters=[{"Key": "Name", "Values": [name]}])["Parameters"]
    props: Props = {
        "name": name,
        "type": found["Type"],
        "arn": found["ARN"],
        "version": found["Version"],
        "region": ctx.region,
        "tagsAll": {tag["Key"]: tag["Value"] for tag in tags},
        "description": described[0].get("Description") if described else None,
    }
    # A value given as `insecureValue` is not told as `value`, which is secret.
    props["insecureValue" if state.get("insecureValue") else "value"] = found["Value"]
    return props


def _update_parameter(ctx: Context, name: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _PARAMETER.do_update(ctx, name, state, inputs, changed)
    if "tagsAll" in changed:
        ssm = ctx.client("ssm")
        old, new = state.get("tagsAll") or {}, inputs.get("tagsAll") or {}
        gone = [key for key in old if key not in new]
        if gone:
            ssm.remove_tags_from_resource(ResourceType="Parameter", ResourceId=name, TagKeys=gone)
        if new:
            pairs = [{"Key": key, "Value": value} for key, value in new.items()]
            ssm.add_tags_to_resource(ResourceType="Parameter", ResourceId=name, Tags=pairs)


_PARAMETER = Api(
    service="ssm",
    create="put_parameter",
    read="get_parameter",
    read_by={"Name": "{id}"},
    update=(step("put_parameter", adjust=_overwrite),),
    delete="delete_parameter",
    adjust=_value,
)
_PARAMETER_CALLS = api(_PARAMETER)


def _delete_secret(ctx: Context, arn: str, state: Props) -> None:
    window = state.get("recoveryWindowInDays")
    if window == 0:
        ctx.client("secretsmanager").delete_secret(SecretId=arn, ForceDeleteWithoutRecovery=True)
    else:
        ctx.client("secretsmanager").delete_secret(SecretId=arn, RecoveryWindowInDays=window or 30)


_SECRET = api(
    Api(
        service="secretsmanager",
        create="create_secret",
        id_from="ARN",
        read="describe_secret",
        read_by={"SecretId": "{id}"},
        # A secret that waits for its deletion is gone for whoever declares it.
        root="[@][?DeletedDate == null] | [0]",
        update=(step("update_secret", {"SecretId": "{id}"}, when={"description", "kmsKeyId"}),),
        delete="delete_secret",
        rename={"ARN": "arn", "Type": ""},
        tagging=Tagging("tag_resource", "untag_resource", "SecretId", "id", at="Tags"),
    )
)


def _put_version(ctx: Context, inputs: Props) -> str:
    asked: dict[str, Any] = {"SecretId": inputs["secretId"]}
    if inputs.get("secretBinary"):
        asked["SecretBinary"] = base64.b64decode(inputs["secretBinary"])
    else:
        asked["SecretString"] = inputs.get("secretString") or inputs.get("secretStringWo") or ""
    if inputs.get("versionStages"):
        asked["VersionStages"] = inputs["versionStages"]
    answer = ctx.client("secretsmanager").put_secret_value(**asked)
    return f"{answer['ARN']}|{answer['VersionId']}"


def _read_version(ctx: Context, version_id: str, state: Props) -> Props | None:
    arn, _, version = version_id.rpartition("|")
    found = ctx.client("secretsmanager").get_secret_value(SecretId=arn, VersionId=version)
    props: Props = {
        "secretId": state.get("secretId") or arn,
        "arn": arn,
        "secretArn": arn,
        "versionId": version,
        "versionStages": found["VersionStages"],
        "region": ctx.region,
    }
    if "SecretString" in found and not state.get("secretStringWo"):
        props["secretString"] = found["SecretString"]
    return props


def _drop_version(ctx: Context, version_id: str, _state: Props) -> None:
    """The current version cannot lose its stage: it goes with its secret."""
    arn, _, version = version_id.rpartition("|")
    client = ctx.client("secretsmanager")
    stages = client.describe_secret(SecretId=arn).get("VersionIdsToStages", {}).get(version, [])
    for stage in stages:
        if stage != "AWSCURRENT":
            client.update_secret_version_stage(SecretId=arn, VersionStage=stage, RemoveFromVersionId=version)


PARAMETERS: dict[str, Resource] = {
    "aws:ssm/parameter:Parameter": Resource(
        create=_PARAMETER_CALLS.create,
        read=_read_parameter,
        update=_update_parameter,
        delete=_PARAMETER_CALLS.delete,
        moving=frozenset({"version"}),
    ),
    "aws:secretsmanager/secret:Secret": Resource(
        create=_SECRET.create, read=_SECRET.read, update=_SECRET.update, delete=_delete_secret
    ),
    "aws:secretsmanager/secretVersion:SecretVersion": Resource(
        create=_put_version, read=_read_version, update=None, delete=_drop_version, replace=frozenset({"*"})
    ),
}
