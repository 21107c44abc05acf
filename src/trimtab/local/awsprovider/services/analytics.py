"""Glue databases and tables, Athena workgroups and named queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.convert import to_aws
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _input(member: str, operation: str, rename: dict[str, str]) -> Any:
    """Glue takes one structure; what it holds are the resource's own properties."""

    def adjust(ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
        shape = ctx.client("glue").meta.service_model.operation_model(operation).input_shape
        params[member] = to_aws(shape.members[member], inputs, rename, member)

    return adjust


def _catalog_id(ctx: Context, inputs: Props) -> str:
    return str(inputs.get("catalogId") or ctx.account)


def _create_database(ctx: Context, inputs: Props) -> str:
    _DATABASE.do_create(ctx, inputs)
    return f"{_catalog_id(ctx, inputs)}:{inputs['name']}"


def _read_database(ctx: Context, database: str, state: Props) -> Props | None:
    catalog, _, name = database.partition(":")
    return _DATABASE.do_read(ctx, database, {**state, "catalogId": catalog, "name": name})


_DATABASE_INPUT = {"LocationUri": "locationUri"}
_DATABASE = Api(
    service="glue",
    create="create_database",
    read="get_database",
    read_by={"CatalogId": "{catalogId}", "Name": "{name}"},
    root="Database",
    update=(
        step(
            "update_database",
            {"Name": "{name}"},
            adjust=_input("DatabaseInput", "UpdateDatabase", _DATABASE_INPUT),
        ),
    ),
    delete="delete_database",
    delete_by={"CatalogId": "{catalogId}", "Name": "{name}"},
    outputs={"arn": "arn:{partition}:glue:{region}:{account}:database/{name}", "catalogId": "{catalogId}"},
    adjust=_input("DatabaseInput", "CreateDatabase", _DATABASE_INPUT),
)


def _create_table(ctx: Context, inputs: Props) -> str:
    _TABLE.do_create(ctx, inputs)
    return f"{_catalog_id(ctx, inputs)}:{inputs['databaseName']}:{inputs['name']}"


def _read_table(ctx: Context, table: str, state: Props) -> Props | None:
    catalog, database, name = table.split(":", 2)
    known = {**state, "catalogId": catalog, "databaseName": database, "name": name}
    return _TABLE.do_read(ctx, table, known)


_TABLE_NAMES = {"SerdeInfo": "serDeInfo"}
_TABLE = Api(
    service="glue",
    create="create_table",
    read="get_table",
    read_by={"CatalogId": "{catalogId}", "DatabaseName": "{databaseName}", "Name": "{name}"},
    root="Table",
    update=(step("update_table", adjust=_input("TableInput", "UpdateTable", _TABLE_NAMES)),),
    delete="delete_table",
    rename=_TABLE_NAMES,
    outputs={
        "arn": "arn:{partition}:glue:{region}:{account}:table/{databaseName}/{name}",
        "catalogId": "{catalogId}",
    },
    adjust=_input("TableInput", "CreateTable", _TABLE_NAMES),
)


def _updates(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    """Athena calls the same structures otherwise when they are changed."""
    held = inputs.get("configuration") or {}
    updates = params.setdefault("ConfigurationUpdates", {})
    names = {
        "enforceWorkgroupConfiguration": "EnforceWorkGroupConfiguration",
        "publishCloudwatchMetricsEnabled": "PublishCloudWatchMetricsEnabled",
        "bytesScannedCutoffPerQuery": "BytesScannedCutoffPerQuery",
        "requesterPaysEnabled": "RequesterPaysEnabled",
    }
    updates.update({member: held[name] for name, member in names.items() if held.get(name) is not None})
    result = held.get("resultConfiguration") or {}
    changed = {"OutputLocation": result.get("outputLocation")}
    encryption = result.get("encryptionConfiguration")
    if encryption:
        changed["EncryptionConfiguration"] = {
            "EncryptionOption": encryption.get("encryptionOption"),
            **({"KmsKey": encryption["kmsKeyArn"]} if encryption.get("kmsKeyArn") else {}),
        }
    updates["ResultConfigurationUpdates"] = {key: value for key, value in changed.items() if value}


def _delete_workgroup(ctx: Context, name: str, state: Props) -> None:
    force = bool(state.get("forceDestroy"))
    ctx.client("athena").delete_work_group(WorkGroup=name, RecursiveDeleteOption=force)


_WORKGROUP = api(
    Api(
        service="athena",
        create="create_work_group",
        read="get_work_group",
        read_by={"WorkGroup": "{id}"},
        root="WorkGroup",
        update=(step("update_work_group", {"WorkGroup": "{id}"}, adjust=_updates),),
        delete="delete_work_group",
        rename={"KmsKey": "kmsKeyArn", "EncryptionConfiguration.KmsKey": "kmsKeyArn"},
        outputs={"arn": "arn:{partition}:athena:{region}:{account}:workgroup/{name}"},
        tagging=Tagging("tag_resource", "untag_resource", "ResourceARN", list="list_tags_for_resource"),
    )
)
_QUERY = Api(
    service="athena",
    create="create_named_query",
    id_from="NamedQueryId",
    read="get_named_query",
    read_by={"NamedQueryId": "{id}"},
    root="NamedQuery",
    delete="delete_named_query",
    rename={"QueryString": "query"},
)

ANALYTICS: dict[str, Resource] = {
    "aws:glue/catalogDatabase:CatalogDatabase": Resource(
        create=_create_database,
        read=_read_database,
        update=_DATABASE.do_update,
        delete=_DATABASE.do_delete,
        replace=frozenset({"catalogId"}),
    ),
    "aws:glue/catalogTable:CatalogTable": Resource(
        create=_create_table,
        read=_read_table,
        update=_TABLE.do_update,
        delete=_TABLE.do_delete,
        replace=frozenset({"catalogId", "databaseName"}),
    ),
    "aws:athena/workgroup:Workgroup": Resource(
        create=_WORKGROUP.create,
        read=_WORKGROUP.read,
        update=_WORKGROUP.update,
        delete=_delete_workgroup,
    ),
    "aws:athena/namedQuery:NamedQuery": api(_QUERY),
}
