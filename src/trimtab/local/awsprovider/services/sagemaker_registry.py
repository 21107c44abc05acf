"""SageMaker model package groups, feature groups, pipelines and tracking servers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.services.sagemaker_serving import SAGEMAKER_TAGS

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.resource import Resource
    from trimtab.local.awsprovider.values import Props

_GROUP = Api(
    service="sagemaker",
    create="create_model_package_group",
    id="{modelPackageGroupName}",
    read="describe_model_package_group",
    read_by={"ModelPackageGroupName": "{id}"},
    delete="delete_model_package_group",
    rename={"ModelPackageGroupArn": "arn"},
    tagging=SAGEMAKER_TAGS,
)
_GROUP_POLICY = Api(
    service="sagemaker",
    create="put_model_package_group_policy",
    id="{modelPackageGroupName}",
    read="get_model_package_group_policy",
    read_by={"ModelPackageGroupName": "{id}"},
    update=(step("put_model_package_group_policy"),),
    delete="delete_model_package_group_policy",
    outputs={"modelPackageGroupName": "{id}"},
)
_FEATURES = Api(
    service="sagemaker",
    create="create_feature_group",
    id="{featureGroupName}",
    read="describe_feature_group",
    read_by={"FeatureGroupName": "{id}"},
    update=(
        step(
            "update_feature_group",
            {"FeatureGroupName": "{id}"},
            when={"onlineStoreConfig", "throughputConfig"},
        ),
    ),
    delete="delete_feature_group",
    rename={"FeatureGroupArn": "arn"},
    tagging=SAGEMAKER_TAGS,
)


def _role(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    props["roleArn"] = answer["RoleArn"]


_PIPELINE = Api(
    service="sagemaker",
    create="create_pipeline",
    id="{pipelineName}",
    read="describe_pipeline",
    read_by={"PipelineName": "{id}"},
    update=(step("update_pipeline", {"PipelineName": "{id}"}),),
    delete="delete_pipeline",
    rename={"PipelineArn": "arn"},
    tagging=SAGEMAKER_TAGS,
    complete=_role,
)
_MLFLOW = Api(
    service="sagemaker",
    create="create_mlflow_tracking_server",
    id="{trackingServerName}",
    read="describe_mlflow_tracking_server",
    read_by={"TrackingServerName": "{id}"},
    update=(step("update_mlflow_tracking_server", {"TrackingServerName": "{id}"}),),
    delete="delete_mlflow_tracking_server",
    rename={"TrackingServerArn": "arn"},
    tagging=SAGEMAKER_TAGS,
)
_CARD = Api(
    service="sagemaker",
    create="create_model_card",
    id="{modelCardName}",
    read="describe_model_card",
    read_by={"ModelCardName": "{id}"},
    update=(step("update_model_card", {"ModelCardName": "{id}"}, when={"content", "modelCardStatus"}),),
    delete="delete_model_card",
    tagging=replace(SAGEMAKER_TAGS, template="modelCardArn"),
)

SAGEMAKER_REGISTRY: dict[str, Resource] = {
    "aws:sagemaker/modelPackageGroup:ModelPackageGroup": api(_GROUP),
    "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": api(
        _GROUP_POLICY, replace=("modelPackageGroupName",)
    ),
    "aws:sagemaker/featureGroup:FeatureGroup": api(
        _FEATURES,
        replace=(
            "description",
            "eventTimeFeatureName",
            "featureDefinitions",
            "featureGroupName",
            "offlineStoreConfig",
            "recordIdentifierFeatureName",
            "roleArn",
        ),
    ),
    "aws:sagemaker/modelCard:ModelCard": api(_CARD, replace=("modelCardName", "securityConfig")),
    "aws:sagemaker/pipeline:Pipeline": api(_PIPELINE, replace=("pipelineName",)),
    "aws:sagemaker/mlflowTrackingServer:MlflowTrackingServer": api(_MLFLOW, replace=("trackingServerName",)),
}
