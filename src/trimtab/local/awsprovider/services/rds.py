"""RDS instances, with their subnet and parameter groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.services.database_parts import TAGS, WITHOUT_DESCRIPTION, complete_subnets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_SENT_AT_ONCE = 20
"""Parameters that one call takes."""


def _changed_instance(_ctx: Context, _inputs: Props, params: dict[str, Any]) -> None:
    params["ApplyImmediately"] = True


def _changed_exports(ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    """RDS takes the difference; sent alone, as the other changes are made by the step before."""
    name = inputs["identifier"]
    (found,) = ctx.client("rds").describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
    before, now = found.get("EnabledCloudwatchLogsExports") or [], inputs.get("enabledCloudwatchLogsExports") or []
    change = {
        "EnableLogTypes": [each for each in now if each not in before],
        "DisableLogTypes": [each for each in before if each not in now],
    }
    params.clear()
    params |= {"DBInstanceIdentifier": name, "CloudwatchLogsExportConfiguration": change}


def _complete_instance(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    endpoint = answer.get("Endpoint") or {}
    props |= {
        "address": endpoint.get("Address"),
        "port": endpoint.get("Port"),
        "endpoint": f"{endpoint.get('Address')}:{endpoint.get('Port')}",
        "hostedZoneId": endpoint.get("HostedZoneId"),
        "dbSubnetGroupName": (answer.get("DBSubnetGroup") or {}).get("DBSubnetGroupName"),
        "engineVersionActual": answer.get("EngineVersion"),
        "vpcSecurityGroupIds": [each["VpcSecurityGroupId"] for each in answer.get("VpcSecurityGroups") or []],
    }
    # It moves with the clock, so that no two reads would agree.
    props.pop("latestRestorableTime", None)
    groups = answer.get("DBParameterGroups") or []
    if groups:
        props["parameterGroupName"] = groups[0]["DBParameterGroupName"]


def _delete_instance(ctx: Context, _id: str, state: Props) -> None:
    """The last snapshot is taken unless it was said to be skipped."""
    asked: dict[str, Any] = {"DBInstanceIdentifier": state["identifier"]}
    if state.get("skipFinalSnapshot"):
        asked["SkipFinalSnapshot"] = True
    else:
        asked["FinalDBSnapshotIdentifier"] = state.get("finalSnapshotIdentifier") or f"{state['identifier']}-final"
    ctx.client("rds").delete_db_instance(**asked)


_INSTANCE = Api(
    service="rds",
    create="create_db_instance",
    id_from="DBInstance.DbiResourceId",
    read="describe_db_instances",
    read_by={"DBInstanceIdentifier": "{identifier}"},
    root="DBInstances[0]",
    update=(
        step("modify_db_instance", {"DBInstanceIdentifier": "{identifier}"}, adjust=_changed_instance),
        step("modify_db_instance", when={"enabledCloudwatchLogsExports"}, adjust=_changed_exports),
    ),
    delete="delete_db_instance",
    rename={
        "DBInstanceArn": "arn",
        "DBInstanceClass": "instanceClass",
        "DBInstanceIdentifier": "identifier",
        "DBInstanceStatus": "status",
        "DBParameterGroupName": "parameterGroupName",
        "DBName": "dbName",
        "DBSubnetGroup": "",
        "DbiResourceId": "resourceId",
        "CACertificateIdentifier": "caCertIdentifier",
        "EnableCloudwatchLogsExports": "enabledCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication": "iamDatabaseAuthenticationEnabled",
        "EnablePerformanceInsights": "performanceInsightsEnabled",
        "Endpoint": "",
        "MasterUserPassword": "password",
        "MasterUsername": "username",
        "PerformanceInsightsKMSKeyId": "performanceInsightsKmsKeyId",
        "PreferredBackupWindow": "backupWindow",
        "PreferredMaintenanceWindow": "maintenanceWindow",
    },
    tagging=TAGS,
    complete=_complete_instance,
)
_INSTANCE_CALLS = api(_INSTANCE)

_SUBNETS = Api(
    service="rds",
    create="create_db_subnet_group",
    read="describe_db_subnet_groups",
    read_by={"DBSubnetGroupName": "{id}"},
    root="DBSubnetGroups[0]",
    update=(step("modify_db_subnet_group", {"DBSubnetGroupName": "{id}"}),),
    delete="delete_db_subnet_group",
    rename={
        "DBSubnetGroupName": "name",
        "DBSubnetGroupDescription": "description",
        "DBSubnetGroupArn": "arn",
    },
    tagging=TAGS,
    adjust=lambda _ctx, _inputs, params: params.setdefault("DBSubnetGroupDescription", WITHOUT_DESCRIPTION),
    complete=complete_subnets,
)


def _batches(parameters: list[Props]) -> Iterator[list[dict[str, str]]]:
    sent = [
        {
            "ParameterName": each["name"],
            "ParameterValue": each["value"],
            "ApplyMethod": each.get("applyMethod") or "immediate",
        }
        for each in parameters
    ]
    for start in range(0, len(sent), _SENT_AT_ONCE):
        yield sent[start : start + _SENT_AT_ONCE]


def _set_parameters(ctx: Context, group: str, inputs: Props) -> None:
    for batch in _batches(inputs.get("parameters") or []):
        ctx.client("rds").modify_db_parameter_group(DBParameterGroupName=group, Parameters=batch)


def _read_parameters(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    """Those that somebody set; the hundreds of others have the engine's own values."""
    asked = {"DBParameterGroupName": answer["DBParameterGroupName"], "Source": "user"}
    found = ctx.client("rds").describe_db_parameters(**asked)["Parameters"]
    props["parameters"] = [
        {
            "name": each["ParameterName"],
            "value": each["ParameterValue"],
            "applyMethod": each.get("ApplyMethod") or "immediate",
        }
        for each in found
    ] or None


def _update_parameters(ctx: Context, group: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _set_parameters(ctx, group, inputs)
    _PARAMETERS.do_update(ctx, group, state, inputs, changed)


_PARAMETERS = Api(
    service="rds",
    create="create_db_parameter_group",
    read="describe_db_parameter_groups",
    read_by={"DBParameterGroupName": "{id}"},
    root="DBParameterGroups[0]",
    delete="delete_db_parameter_group",
    rename={
        "DBParameterGroupName": "name",
        "DBParameterGroupFamily": "family",
        "DBParameterGroupArn": "arn",
    },
    tagging=TAGS,
    adjust=lambda _ctx, _inputs, params: params.setdefault("Description", WITHOUT_DESCRIPTION),
    after=_set_parameters,
    complete=_read_parameters,
)
_PARAMETER_CALLS = api(_PARAMETERS)

RDS: dict[str, Resource] = {
    "aws:rds/instance:Instance": Resource(
        create=_INSTANCE_CALLS.create,
        read=_INSTANCE_CALLS.read,
        update=_INSTANCE_CALLS.update,
        delete=_delete_instance,
        replace=frozenset(
            {
                "availabilityZone",
                "dbName",
                "dbSubnetGroupName",
                "engine",
                "identifier",
                "kmsKeyId",
                "storageEncrypted",
                "username",
            }
        ),
    ),
    "aws:rds/parameterGroup:ParameterGroup": Resource(
        create=_PARAMETER_CALLS.create,
        read=_PARAMETER_CALLS.read,
        update=_update_parameters,
        delete=_PARAMETER_CALLS.delete,
        replace=frozenset({"description", "family"}),
    ),
    "aws:rds/subnetGroup:SubnetGroup": api(_SUBNETS),
}
