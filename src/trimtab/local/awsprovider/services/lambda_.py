"""Lambda functions, from an archive, an image or S3, and permissions to invoke them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_CODE = frozenset({"code", "sourceCodeHash", "imageUri", "s3Bucket", "s3Key", "s3ObjectVersion"})


def _zip(archive: Props) -> bytes:
    """A Pulumi archive as the zip file that Lambda takes: a path, a folder, or named assets."""
    path = Path(archive["path"]) if archive.get("path") else None
    if path is not None and path.is_file():
        return path.read_bytes()
    files: dict[str, bytes] = {}
    if path is not None:
        files = {str(each.relative_to(path)): each.read_bytes() for each in path.rglob("*") if each.is_file()}
    for name, asset in (archive.get("assets") or {}).items():
        held = Path(asset["path"]).read_bytes() if asset.get("path") else str(asset.get("text", "")).encode()
        files[name] = held
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, held in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name), held)
    return buffer.getvalue()


def _source(inputs: Props) -> dict[str, Any]:
    if inputs.get("code"):
        return {"ZipFile": _zip(inputs["code"])}
    members = {"imageUri": "ImageUri", "s3Bucket": "S3Bucket", "s3Key": "S3Key"}
    members["s3ObjectVersion"] = "S3ObjectVersion"
    return {member: inputs[name] for name, member in members.items() if inputs.get(name)}


def _adjust(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    params["Code"] = _source(inputs)
    params["Tags"] = inputs.get("tagsAll") or {}


def _change_code(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    params.update(_source(inputs))


_FUNCTION = Api(
    service="lambda",
    create="create_function",
    read="get_function",
    read_by={"FunctionName": "{id}"},
    root="merge(Configuration, {Tags: Tags})",
    update=(
        step("update_function_code", {"FunctionName": "{id}"}, when=_CODE, adjust=_change_code),
        step(
            "update_function_configuration",
            {"FunctionName": "{id}"},
            when={
                "description",
                "environment",
                "handler",
                "kmsKeyArn",
                "layers",
                "memorySize",
                "role",
                "runtime",
                "timeout",
                "tracingConfig",
                "vpcConfig",
                "deadLetterConfig",
                "ephemeralStorage",
            },
        ),
    ),
    delete="delete_function",
    rename={"FunctionName": "name", "FunctionArn": "arn", "Code": "", "CodeSize": "sourceCodeSize"},
    outputs={
        "invokeArn": "arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations",
        "qualifiedArn": "{arn}:{version}",
    },
    tagging=Tagging("tag_resource", "untag_resource", "Resource", at="Tags"),
    adjust=_adjust,
)


def _digest(inputs: Props) -> str:
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:12]


def _allow(ctx: Context, inputs: Props) -> str:
    statement = inputs.get("statementId") or f"pulumi-{_digest(inputs)}"
    members = {"action": "Action", "function": "FunctionName", "principal": "Principal"}
    members |= {"sourceArn": "SourceArn", "sourceAccount": "SourceAccount", "qualifier": "Qualifier"}
    asked = {member: inputs[name] for name, member in members.items() if inputs.get(name)}
    ctx.client("lambda").add_permission(StatementId=statement, **asked)
    return str(statement)


def _read_permission(ctx: Context, statement: str, state: Props) -> Props | None:
    policy = json.loads(ctx.client("lambda").get_policy(FunctionName=state["function"])["Policy"])
    found = next((each for each in policy["Statement"] if each["Sid"] == statement), None)
    if found is None:
        return None
    principal = found["Principal"]
    named = principal if isinstance(principal, str) else next(iter(principal.values()))
    return {
        "function": state["function"],
        "action": found["Action"],
        "principal": named,
        "statementId": statement,
        "region": ctx.region,
    }


def _disallow(ctx: Context, statement: str, state: Props) -> None:
    ctx.client("lambda").remove_permission(FunctionName=state["function"], StatementId=statement)


LAMBDA: dict[str, Resource] = {
    "aws:lambda/function:Function": api(_FUNCTION, replace=("packageType",)),
    "aws:lambda/permission:Permission": Resource(
        create=_allow, read=_read_permission, update=None, delete=_disallow, replace=frozenset({"*"})
    ),
}
