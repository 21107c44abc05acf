"""SageMaker models, endpoint configurations and endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.resource import Resource

SAGEMAKER_TAGS = Tagging("add_tags", "delete_tags", "ResourceArn", list="list_tags")

_MODEL = Api(
    service="sagemaker",
    create="create_model",
    read="describe_model",
    read_by={"ModelName": "{id}"},
    delete="delete_model",
    rename={"ModelName": "name", "ModelArn": "arn", "PrimaryContainer.ModelName": "modelName"},
    tagging=SAGEMAKER_TAGS,
)
_CONFIG = Api(
    service="sagemaker",
    create="create_endpoint_config",
    read="describe_endpoint_config",
    read_by={"EndpointConfigName": "{id}"},
    delete="delete_endpoint_config",
    rename={"EndpointConfigName": "name", "EndpointConfigArn": "arn", "KmsKeyId": "kmsKeyArn"}
    | {f"{parent}.KmsKeyId": "kmsKeyId" for parent in ("DataCaptureConfig", "OutputConfig", "CoreDumpConfig")},
    tagging=SAGEMAKER_TAGS,
)
_ENDPOINT = Api(
    service="sagemaker",
    create="create_endpoint",
    read="describe_endpoint",
    read_by={"EndpointName": "{id}"},
    update=(step("update_endpoint", {"EndpointName": "{id}"}, when={"endpointConfigName", "deploymentConfig"}),),
    delete="delete_endpoint",
    rename={"EndpointName": "name", "EndpointArn": "arn", "LastDeploymentConfig": "deploymentConfig"},
    tagging=SAGEMAKER_TAGS,
)

SAGEMAKER_SERVING: dict[str, Resource] = {
    "aws:sagemaker/model:Model": api(_MODEL),
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": api(_CONFIG),
    "aws:sagemaker/endpoint:Endpoint": api(_ENDPOINT),
}
