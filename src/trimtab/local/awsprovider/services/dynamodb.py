"""DynamoDB tables, with expiry, backups and indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _keys(hash_key: str | None, range_key: str | None) -> list[dict[str, str]]:
    found = [{"AttributeName": hash_key, "KeyType": "HASH"}] if hash_key else []
    return [*found, {"AttributeName": range_key, "KeyType": "RANGE"}] if range_key else found


def _throughput(props: Props) -> dict[str, int]:
    return {
        "ReadCapacityUnits": int(props.get("readCapacity") or 1),
        "WriteCapacityUnits": int(props.get("writeCapacity") or 1),
    }


def _projection(index: Props) -> dict[str, Any]:
    found: dict[str, Any] = {"ProjectionType": index["projectionType"]}
    if index.get("nonKeyAttributes"):
        found["NonKeyAttributes"] = index["nonKeyAttributes"]
    return found


def _adjust(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    params["AttributeDefinitions"] = [
        {"AttributeName": each["name"], "AttributeType": each["type"]} for each in inputs.get("attributes") or []
    ]
    provisioned = (inputs.get("billingMode") or "PROVISIONED") == "PROVISIONED"
    params["BillingMode"] = "PROVISIONED" if provisioned else "PAY_PER_REQUEST"
    if provisioned:
        params["ProvisionedThroughput"] = _throughput(inputs)
    sse = inputs.get("serverSideEncryption")
    if sse:
        params["SSESpecification"] = {"Enabled": sse["enabled"]}
        if sse.get("kmsKeyArn"):
            params["SSESpecification"] |= {"SSEType": "KMS", "KMSMasterKeyId": sse["kmsKeyArn"]}
    if inputs.get("streamEnabled"):
        view = inputs.get("streamViewType") or "NEW_AND_OLD_IMAGES"
        params["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": view}


def _create_params(ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    _adjust(ctx, inputs, params)
    params["KeySchema"] = _keys(inputs.get("hashKey"), inputs.get("rangeKey"))
    params.pop("GlobalSecondaryIndexes", None)
    params.pop("LocalSecondaryIndexes", None)
    globals_ = [
        {
            "IndexName": index["name"],
            "KeySchema": _keys(index.get("hashKey"), index.get("rangeKey")),
            "Projection": _projection(index),
            **({"ProvisionedThroughput": _throughput(index)} if "ProvisionedThroughput" in params else {}),
        }
        for index in inputs.get("globalSecondaryIndexes") or []
    ]
    locals_ = [
        {
            "IndexName": index["name"],
            "KeySchema": _keys(inputs.get("hashKey"), index["rangeKey"]),
            "Projection": _projection(index),
        }
        for index in inputs.get("localSecondaryIndexes") or []
    ]
    if globals_:
        params["GlobalSecondaryIndexes"] = globals_
    if locals_:
        params["LocalSecondaryIndexes"] = locals_


def _apart(ctx: Context, table: str, inputs: Props) -> None:
    client = ctx.client("dynamodb")
    ttl = inputs.get("ttl")
    if ttl and ttl.get("attributeName"):
        client.update_time_to_live(
            TableName=table,
            TimeToLiveSpecification={
                "Enabled": bool(ttl.get("enabled", True)),
                "AttributeName": ttl["attributeName"],
            },
        )
    recovery = inputs.get("pointInTimeRecovery")
    if recovery is not None:
        client.update_continuous_backups(
            TableName=table,
            PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": bool(recovery.get("enabled"))},
        )


def _complete(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    client = ctx.client("dynamodb")
    table = answer["TableName"]
    keys = {key["KeyType"]: key["AttributeName"] for key in answer["KeySchema"]}
    props["hashKey"], props["rangeKey"] = keys.get("HASH"), keys.get("RANGE")
    props["attributes"] = [
        {"name": each["AttributeName"], "type": each["AttributeType"]} for each in answer["AttributeDefinitions"]
    ]
    props["billingMode"] = (answer.get("BillingModeSummary") or {}).get("BillingMode", "PROVISIONED")
    throughput = answer.get("ProvisionedThroughput") or {}
    props["readCapacity"] = throughput.get("ReadCapacityUnits", 0)
    props["writeCapacity"] = throughput.get("WriteCapacityUnits", 0)
    backups = client.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    status = backups.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus")
    props["pointInTimeRecovery"] = {"enabled": status == "ENABLED"}
    ttl = client.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    if ttl.get("AttributeName"):
        enabled = ttl.get("TimeToLiveStatus") in ("ENABLED", "ENABLING")
        props["ttl"] = {"enabled": enabled, "attributeName": ttl["AttributeName"]}
    # Indexes are arranged otherwise there; what was written stays.
    for opaque in ("globalSecondaryIndexes", "localSecondaryIndexes", "replicas"):
        props.pop(opaque, None)


def _update(ctx: Context, table: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _TABLE.do_update(ctx, table, state, inputs, changed)
    _apart(ctx, table, {name: inputs.get(name) or {} for name in changed & {"ttl", "pointInTimeRecovery"}})


_TABLE = Api(
    service="dynamodb",
    create="create_table",
    read="describe_table",
    read_by={"TableName": "{id}"},
    root="Table",
    update=(
        step(
            "update_table",
            {"TableName": "{id}"},
            when={
                "billingMode",
                "readCapacity",
                "writeCapacity",
                "serverSideEncryption",
                "streamEnabled",
                "streamViewType",
                "deletionProtectionEnabled",
                "tableClass",
            },
            adjust=_adjust,
        ),
    ),
    delete="delete_table",
    rename={
        "TableName": "name",
        "TableArn": "arn",
        "LatestStreamArn": "streamArn",
        "LatestStreamLabel": "streamLabel",
        "AttributeDefinitions": "",
        "GlobalSecondaryIndexes": "",
        "LocalSecondaryIndexes": "",
        "GlobalSecondaryIndexUpdates": "",
        "ReplicaUpdates": "",
        "Replicas": "",
        "WarmThroughput": "",
        "OnDemandThroughput": "",
    },
    tagging=Tagging("tag_resource", "untag_resource", "ResourceArn", list="list_tags_of_resource"),
    adjust=_create_params,
    after=_apart,
    complete=_complete,
)
_CALLS = api(_TABLE)

DYNAMODB: dict[str, Resource] = {
    "aws:dynamodb/table:Table": Resource(
        create=_CALLS.create,
        read=_CALLS.read,
        update=_update,
        delete=_CALLS.delete,
        replace=frozenset({"hashKey", "rangeKey", "localSecondaryIndexes", "importTable"}),
    ),
}
