"""SageMaker resources that moto lacks, or keeps only in part: tracking servers, schedules, feature groups.

Requests and answers are those of https://docs.aws.amazon.com/sagemaker/latest/APIReference/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.sagemaker.exceptions import ResourceNotFound
from moto.sagemaker.models import SageMakerModelBackend
from moto.sagemaker.responses import SageMakerResponse

from trimtab.local.cloud.extending import extend
from trimtab.local.cloud.sagemaker_kind import as_method, sagemaker_kind
from trimtab.local.cloud.sagemaker_reviews import REVIEW_KINDS, install_sagemaker_reviews

if TYPE_CHECKING:
    from trimtab.local.cloud.documents import Answer


def _tracking_server(asked: Answer) -> Answer:
    return {
        "TrackingServerStatus": "Created",
        "IsActive": "Active",
        "TrackingServerSize": asked.get("TrackingServerSize", "Small"),
        "MlflowVersion": asked.get("MlflowVersion", "3.0"),
        "AutomaticModelRegistration": asked.get("AutomaticModelRegistration", False),
        "TrackingServerUrl": f"https://{asked['TrackingServerName']}.mlflow.sagemaker.aws",
    }


def _schedule(asked: Answer) -> Answer:
    config = asked["MonitoringScheduleConfig"]
    return {"MonitoringScheduleStatus": "Scheduled", "MonitoringType": config.get("MonitoringType")}


def _component(asked: Answer) -> Answer:
    copies = asked.get("RuntimeConfig", {}).get("CopyCount", 1)
    return {
        "InferenceComponentStatus": "InService",
        "RuntimeConfig": {"DesiredCopyCount": copies, "CurrentCopyCount": copies},
    }


def _feature_group(asked: Answer) -> Answer:
    offline = asked.get("OfflineStoreConfig")
    fresh: Answer = {"FeatureGroupStatus": "Created"}
    if offline:
        group = asked["FeatureGroupName"]
        catalog = {
            "TableName": group.replace("-", "_"),
            "Catalog": "AwsDataCatalog",
            "Database": "sagemaker_featurestore",
        }
        storage = offline["S3StorageConfig"]
        resolved = {"ResolvedOutputS3Uri": f"{storage['S3Uri']}/offline-store/{group}/data"}
        fresh["OfflineStoreConfig"] = {
            **offline,
            "DataCatalogConfig": offline.get("DataCatalogConfig") or catalog,
            "S3StorageConfig": {**storage, **resolved},
        }
        fresh["OfflineStoreStatus"] = {"Status": "Active"}
    return fresh


TRACKING_SERVERS = sagemaker_kind("mlflow-tracking-server", "TrackingServerName", "TrackingServerArn", _tracking_server)
SCHEDULES = sagemaker_kind("monitoring-schedule", "MonitoringScheduleName", "MonitoringScheduleArn", _schedule)
COMPONENTS = sagemaker_kind("inference-component", "InferenceComponentName", "InferenceComponentArn", _component)
FEATURE_GROUPS = sagemaker_kind("feature-group", "FeatureGroupName", "FeatureGroupArn", _feature_group)
KINDS = (TRACKING_SERVERS, SCHEDULES, COMPONENTS, FEATURE_GROUPS, *REVIEW_KINDS)


def _update_component(self: Any) -> Any:
    """The number of copies is sent in one structure and described in another; without it, it stays."""
    members = COMPONENTS.get(self, self._get_param("InferenceComponentName")).members
    before = members["RuntimeConfig"]
    answer = COMPONENTS.update(self)
    asked = self._get_param("DesiredRuntimeConfig") or self._get_param("RuntimeConfig") or {}
    copies = asked.get("CopyCount")
    after = {"DesiredCopyCount": copies, "CurrentCopyCount": copies}
    members["RuntimeConfig"] = before if copies is None else after
    members.pop("DesiredRuntimeConfig", None)
    return answer


_MOTO_RESOURCE = SageMakerModelBackend._get_resource_from_arn  # noqa: SLF001  # moto has no public way


def _resource_from_arn(self: Any, arn: str) -> Any:
    """What tags are put on and read from: our kinds first, then moto's own."""
    kind, _, name = arn.split(":", 5)[-1].rpartition("/")
    for documents in KINDS:
        if documents.kind == kind:
            found = documents.of(self).get(name)
            if found is None:
                raise ResourceNotFound(message=f"Could not find {arn}")
            return found
    moto_s = _MOTO_RESOURCE(self, arn)
    # Of a model card moto keeps a list of versions; the newest one holds its tags.
    return moto_s[-1] if isinstance(moto_s, list) else moto_s


def _add_tags(self: Any, arn: str, tags: list[dict[str, str]]) -> list[dict[str, str]]:
    """Tags with a key that is there already take the new value; moto keeps both."""
    resource = self._get_resource_from_arn(arn)
    new = {tag["Key"] for tag in tags}
    resource.tags = [tag for tag in resource.tags or [] if tag["Key"] not in new] + tags
    kept: list[dict[str, str]] = resource.tags
    return kept


def install_sagemaker_documents() -> None:
    """Serve the operations of these kinds, and their tags."""
    operations = {
        "mlflow_tracking_server": (TRACKING_SERVERS, "mlflow_tracking_servers", "TrackingServerSummaries"),
        "monitoring_schedule": (SCHEDULES, "monitoring_schedules", "MonitoringScheduleSummaries"),
        "inference_component": (COMPONENTS, "inference_components", "InferenceComponents"),
        "feature_group": (FEATURE_GROUPS, "feature_groups", "FeatureGroupSummaries"),
    }
    for noun, (documents, plural, summaries) in operations.items():
        for verb in ("create", "describe", "update", "delete"):
            setattr(SageMakerResponse, f"{verb}_{noun}", as_method(getattr(documents, verb)))
        setattr(SageMakerResponse, f"list_{plural}", documents.list_as(summaries))
    install_sagemaker_reviews()
    extend(
        SageMakerResponse,
        {
            "update_inference_component": _update_component,
            "update_inference_component_runtime_config": _update_component,
        },
    )
    extend(SageMakerModelBackend, {"_get_resource_from_arn": _resource_from_arn, "add_tags": _add_tags})
