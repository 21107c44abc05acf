"""SageMaker data-quality job definitions and monitoring schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.services.sagemaker_serving import SAGEMAKER_TAGS

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.resource import Resource
    from trimtab.local.awsprovider.values import Props

_PATHS = {"EndpointInput": "/opt/ml/processing/input", "S3Output": "/opt/ml/processing/output"}
_PATHS["BatchTransformInput"] = _PATHS["EndpointInput"]


def _local_paths(_ctx: Context, _inputs: Props, params: dict[str, Any]) -> None:
    """Where data lies in the container is optional in the SDK and asked for by the API."""
    for name, value in params.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                _local_paths(_ctx, _inputs, each)
                if name in _PATHS:
                    each.setdefault("LocalPath", _PATHS[name])


_DATA_QUALITY = Api(
    service="sagemaker",
    create="create_data_quality_job_definition",
    read="describe_data_quality_job_definition",
    read_by={"JobDefinitionName": "{id}"},
    delete="delete_data_quality_job_definition",
    rename={"JobDefinitionName": "name", "JobDefinitionArn": "arn"},
    tagging=SAGEMAKER_TAGS,
    adjust=_local_paths,
)
_SCHEDULE = Api(
    service="sagemaker",
    create="create_monitoring_schedule",
    read="describe_monitoring_schedule",
    read_by={"MonitoringScheduleName": "{id}"},
    update=(step("update_monitoring_schedule", {"MonitoringScheduleName": "{id}"}, adjust=_local_paths),),
    delete="delete_monitoring_schedule",
    rename={"MonitoringScheduleName": "name", "MonitoringScheduleArn": "arn"},
    tagging=SAGEMAKER_TAGS,
    adjust=_local_paths,
)

SAGEMAKER_MONITORING: dict[str, Resource] = {
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": api(_DATA_QUALITY),
    "aws:sagemaker/monitoringSchedule:MonitoringSchedule": api(_SCHEDULE),
}
