"""What SageMaker of this cloud can beside moto's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from tests.local.cloud.conftest import Client

ROLE = "arn:aws:iam::123456789012:role/ml"


def _variant(count: int, weight: float = 1.0) -> dict[str, Any]:
    return {
        "VariantName": "main",
        "ModelName": "fraud",
        "InitialInstanceCount": count,
        "InstanceType": "ml.g5.2xlarge",
        "InitialVariantWeight": weight,
    }


@pytest.fixture(scope="module")
def sagemaker(client: Client) -> Any:
    """A client of a cloud with one model and two configurations."""
    made = client("sagemaker")
    made.create_model(ModelName="fraud", ExecutionRoleArn=ROLE, EnableNetworkIsolation=True)
    made.create_endpoint_config(
        EndpointConfigName="small",
        ProductionVariants=[_variant(1)],
        ShadowProductionVariants=[{**_variant(1), "VariantName": "shadow"}],
    )
    made.create_endpoint_config(EndpointConfigName="large", ProductionVariants=[_variant(4)])
    return made


@pytest.fixture
def endpoint(sagemaker: Any) -> Any:
    sagemaker.create_endpoint(EndpointName="fraud", EndpointConfigName="small", Tags=[{"Key": "a", "Value": "b"}])
    yield "fraud"
    sagemaker.delete_endpoint(EndpointName="fraud")


def _variants(sagemaker: Any, endpoint: str) -> list[int]:
    found = sagemaker.describe_endpoint(EndpointName=endpoint)["ProductionVariants"]
    return [variant["DesiredInstanceCount"] for variant in found]


def test_update_endpoint(sagemaker: Any, endpoint: str) -> None:
    before = sagemaker.describe_endpoint(EndpointName=endpoint)
    routing = {"Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 60}
    deployment = {"BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": routing}}
    sagemaker.update_endpoint(EndpointName=endpoint, EndpointConfigName="large", DeploymentConfig=deployment)
    after = sagemaker.describe_endpoint(EndpointName=endpoint)
    assert after["EndpointConfigName"] == "large"
    assert after["EndpointArn"] == before["EndpointArn"]
    assert after["CreationTime"] == before["CreationTime"]
    assert after["LastDeploymentConfig"] == deployment
    assert _variants(sagemaker, endpoint) == [4]
    tags = sagemaker.list_tags(ResourceArn=after["EndpointArn"])["Tags"]
    assert tags == [{"Key": "a", "Value": "b"}]


def test_update_endpoint_may_keep_what_an_autoscaler_set(sagemaker: Any, endpoint: str) -> None:
    sagemaker.update_endpoint_weights_and_capacities(
        EndpointName=endpoint,
        DesiredWeightsAndCapacities=[{"VariantName": "main", "DesiredInstanceCount": 3}],
    )
    sagemaker.update_endpoint(EndpointName=endpoint, EndpointConfigName="large", RetainAllVariantProperties=True)
    assert _variants(sagemaker, endpoint) == [3]


@pytest.mark.parametrize(("endpoint_name", "config"), [("nothing", "small"), ("fraud", "nothing")])
def test_update_endpoint_of_what_is_not_there(sagemaker: Any, endpoint: str, endpoint_name: str, config: str) -> None:
    assert endpoint
    with pytest.raises(ClientError, match="Could not find"):
        sagemaker.update_endpoint(EndpointName=endpoint_name, EndpointConfigName=config)


def test_nothing_of_a_configuration_or_model_is_dropped(sagemaker: Any) -> None:
    found = sagemaker.describe_endpoint_config(EndpointConfigName="small")
    assert found["ShadowProductionVariants"][0]["VariantName"] == "shadow"
    assert sagemaker.describe_model(ModelName="fraud")["EnableNetworkIsolation"] is True
    wrong = {**_variant(1), "InstanceType": "ml.zz9.2xlarge"}
    with pytest.raises(ClientError, match="ProductionVariantInstanceType"):
        sagemaker.create_endpoint_config(EndpointConfigName="x", ProductionVariants=[wrong])


def test_a_tracking_servers_life(sagemaker: Any) -> None:
    name = {"TrackingServerName": "experiments"}
    asked = {**name, "ArtifactStoreUri": "s3://a", "RoleArn": ROLE, "Tags": [{"Key": "a", "Value": "b"}]}
    arn = sagemaker.create_mlflow_tracking_server(**asked)["TrackingServerArn"]
    with pytest.raises(ClientError, match="already exists"):
        sagemaker.create_mlflow_tracking_server(**asked)
    found = sagemaker.describe_mlflow_tracking_server(**name)
    assert (found["TrackingServerSize"], found["TrackingServerStatus"]) == ("Small", "Created")
    sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": "a", "Value": "c"}])
    assert sagemaker.list_tags(ResourceArn=arn)["Tags"] == [{"Key": "a", "Value": "c"}]
    sagemaker.update_mlflow_tracking_server(**name, TrackingServerSize="Large")
    listed = sagemaker.list_mlflow_tracking_servers()["TrackingServerSummaries"]
    assert [each["TrackingServerName"] for each in listed] == ["experiments"]
    assert sagemaker.describe_mlflow_tracking_server(**name)["TrackingServerSize"] == "Large"
    sagemaker.delete_mlflow_tracking_server(**name)
    with pytest.raises(ClientError, match="Could not find"):
        sagemaker.describe_mlflow_tracking_server(**name)


def test_an_inference_components_copies(sagemaker: Any, endpoint: str) -> None:
    name = {"InferenceComponentName": "llm"}
    requirements = {"MinMemoryRequiredInMb": 1024, "NumberOfAcceleratorDevicesRequired": 1.0}
    sagemaker.create_inference_component(
        **name,
        EndpointName=endpoint,
        VariantName="main",
        Specification={"ModelName": "fraud", "ComputeResourceRequirements": requirements},
        RuntimeConfig={"CopyCount": 2},
    )
    found = sagemaker.describe_inference_component(**name)
    assert found["RuntimeConfig"] == {"DesiredCopyCount": 2, "CurrentCopyCount": 2}
    sagemaker.update_inference_component_runtime_config(**name, DesiredRuntimeConfig={"CopyCount": 5})
    assert sagemaker.describe_inference_component(**name)["RuntimeConfig"]["CurrentCopyCount"] == 5
    sagemaker.update_inference_component(**name, Specification={"ModelName": "other"})
    found = sagemaker.describe_inference_component(**name)
    assert found["Specification"]["ModelName"] == "other"
    assert found["RuntimeConfig"]["CurrentCopyCount"] == 5
    sagemaker.delete_inference_component(**name)


def test_a_model_package_group_with_packages_is_kept(sagemaker: Any) -> None:
    name = {"ModelPackageGroupName": "fraud"}
    sagemaker.create_model_package_group(**name)
    sagemaker.put_model_package_group_policy(**name, ResourcePolicy="{}")
    assert sagemaker.get_model_package_group_policy(**name)["ResourcePolicy"] == "{}"
    sagemaker.create_model_package(**name, ModelApprovalStatus="PendingManualApproval")
    with pytest.raises(ClientError, match="still has model packages"):
        sagemaker.delete_model_package_group(**name)


def test_a_feature_group_keeps_both_stores(sagemaker: Any) -> None:
    sagemaker.create_feature_group(
        FeatureGroupName="tx",
        RecordIdentifierFeatureName="id",
        EventTimeFeatureName="at",
        FeatureDefinitions=[{"FeatureName": "id", "FeatureType": "String"}],
        RoleArn=ROLE,
        OnlineStoreConfig={"EnableOnlineStore": True},
        OfflineStoreConfig={"S3StorageConfig": {"S3Uri": "s3://features"}},
    )
    found = sagemaker.describe_feature_group(FeatureGroupName="tx")
    assert found["OnlineStoreConfig"]["EnableOnlineStore"]
    storage = found["OfflineStoreConfig"]["S3StorageConfig"]
    assert storage["ResolvedOutputS3Uri"].startswith("s3://features/offline-store/tx")
    sagemaker.delete_feature_group(FeatureGroupName="tx")


def test_cloud_control_makes_what_sagemaker_describes(client: Client, sagemaker: Any) -> None:
    control = client("cloudcontrol")
    kind = "AWS::SageMaker::InferenceComponent"
    state = (
        '{"InferenceComponentName": "cc", "EndpointName": "fraud", "VariantName": "main",'
        '"Specification": {"ModelName": "fraud"}, "RuntimeConfig": {"CopyCount": 1}}'
    )
    event = control.create_resource(TypeName=kind, DesiredState=state)["ProgressEvent"]
    assert event["OperationStatus"] == "SUCCESS"
    asked = control.get_resource_request_status(RequestToken=event["RequestToken"])["ProgressEvent"]
    assert asked["Identifier"] == event["Identifier"]
    assert sagemaker.describe_inference_component(InferenceComponentName="cc")["EndpointName"] == "fraud"
    again = control.create_resource(TypeName=kind, DesiredState=state)["ProgressEvent"]
    assert (again["OperationStatus"], "already exists" in again["StatusMessage"]) == ("FAILED", True)
    patch = '[{"op": "replace", "path": "/Specification", "value": {"ModelName": "fraud-2"}}]'
    control.update_resource(TypeName=kind, Identifier=event["Identifier"], PatchDocument=patch)
    updated = sagemaker.describe_inference_component(InferenceComponentName="cc")
    assert (updated["Specification"]["ModelName"], updated["RuntimeConfig"]["CurrentCopyCount"]) == ("fraud-2", 1)
    control.delete_resource(TypeName=kind, Identifier=event["Identifier"])
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        control.get_resource(TypeName=kind, Identifier=event["Identifier"])
    with pytest.raises(ClientError, match="UnsupportedActionException"):
        control.create_resource(TypeName="AWS::Logs::LogGroup", DesiredState="{}")
