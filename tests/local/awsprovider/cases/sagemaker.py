"""SageMaker, and the scaling of its endpoints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.local.awsprovider.cases.identity import ROLE
from tests.local.awsprovider.cases.port import Case, World, fixed

if TYPE_CHECKING:
    from trimtab.local.awsprovider.values import Props

MODEL = "aws:sagemaker/model:Model"
CONFIG = "aws:sagemaker/endpointConfiguration:EndpointConfiguration"
ENDPOINT = "aws:sagemaker/endpoint:Endpoint"
GROUP = "aws:sagemaker/modelPackageGroup:ModelPackageGroup"
TARGET = "aws:appautoscaling/target:Target"
IMAGE = "763104351884.dkr.ecr.eu-central-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.4"


def _model(world: World) -> Props:
    return {
        "executionRoleArn": world.arn(ROLE),
        "primaryContainer": {"image": IMAGE, "environment": {"HF_MODEL_REVISION": "abc"}},
        "vpcConfig": {"subnets": [world.id("aws:ec2/subnet:Subnet")], "securityGroupIds": ["sg-1"]},
        "enableNetworkIsolation": True,
        "tags": {"team": "ml"},
    }


def _config(world: World) -> Props:
    return {
        "productionVariants": [_variant(world, "main", 2)],
        "shadowProductionVariants": [_variant(world, "shadow", 1)],
        "kmsKeyArn": "arn:aws:kms:eu-central-1:123456789012:key/1",
        "dataCaptureConfig": {
            "enableCapture": True,
            "initialSamplingPercentage": 50,
            "destinationS3Uri": "s3://capture/main",
            "captureOptions": [{"captureMode": "Input"}, {"captureMode": "Output"}],
        },
        "tags": {"team": "ml"},
    }


def _variant(world: World, name: str, count: int) -> Props:
    return {
        "variantName": name,
        "modelName": world.id(MODEL),
        "initialInstanceCount": count,
        "instanceType": "ml.g5.2xlarge",
        "initialVariantWeight": 1,
    }


def _other_config(world: World) -> Props:
    """A second configuration, made by the plugin, and a deployment that rolls back on an alarm."""
    token, name = CONFIG, "the-next"
    inputs = world.plugin.check(token, {"name": name, "productionVariants": [_variant(world, "main", 3)]})
    configs = world.boto("sagemaker").list_endpoint_configs()["EndpointConfigs"]
    if name not in {config["EndpointConfigName"] for config in configs}:
        world.plugin.create(token, inputs)
    return {
        "endpointConfigName": name,
        "deploymentConfig": {
            "autoRollbackConfiguration": {"alarms": [{"alarmName": "errors"}]},
            "blueGreenUpdatePolicy": {
                "terminationWaitInSeconds": 300,
                "trafficRoutingConfiguration": {
                    "type": "CANARY",
                    "waitIntervalInSeconds": 600,
                    "canarySize": {"type": "CAPACITY_PERCENT", "value": 10},
                },
            },
        },
    }


def _swap(world: World, endpoint: str, _outputs: Props) -> None:
    world.boto("sagemaker").update_endpoint(EndpointName=endpoint, EndpointConfigName=world.id(CONFIG))


def _features(world: World) -> Props:
    return {
        "featureGroupName": "transactions",
        "recordIdentifierFeatureName": "id",
        "eventTimeFeatureName": "at",
        "featureDefinitions": [
            {"featureName": "id", "featureType": "String"},
            {"featureName": "at", "featureType": "Fractional"},
        ],
        "roleArn": world.arn(ROLE),
        "onlineStoreConfig": {"enableOnlineStore": True, "ttlDuration": {"unit": "Days", "value": 30}},
        "offlineStoreConfig": {
            "s3StorageConfig": {"s3Uri": "s3://features/offline"},
            "dataCatalogConfig": {"catalog": "AwsDataCatalog", "database": "features", "tableName": "tx"},
        },
        "tags": {"team": "ml"},
    }


def _pipeline(world: World) -> Props:
    return {
        "pipelineName": "retrain",
        "pipelineDisplayName": "retrain",
        "roleArn": world.arn(ROLE),
        "pipelineDefinition": json.dumps({"Version": "2020-12-01", "Steps": []}),
        "tags": {"team": "ml"},
    }


def _quality(world: World) -> Props:
    return {
        "roleArn": world.arn(ROLE),
        "dataQualityAppSpecification": {"imageUri": IMAGE},
        "dataQualityJobInput": {
            "endpointInput": {"endpointName": world.id(ENDPOINT), "localPath": "/opt/ml/processing/input"}
        },
        "dataQualityJobOutputConfig": {"monitoringOutputs": {"s3Output": {"s3Uri": "s3://reports/dq"}}},
        "jobResources": {"clusterConfig": {"instanceCount": 1, "instanceType": "ml.m5.large", "volumeSizeInGb": 20}},
        "stoppingCondition": {"maxRuntimeInSeconds": 1800},
        "tags": {"team": "ml"},
    }


def _schedule(world: World, cron: str) -> Props:
    return {
        "monitoringScheduleConfig": {
            "monitoringType": "DataQuality",
            "monitoringJobDefinitionName": world.id("aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition"),
            "scheduleConfig": {"scheduleExpression": cron},
        }
    }


def _model_quality(world: World) -> Props:
    endpoint = {"EndpointName": world.id(ENDPOINT), "LocalPath": "/opt/ml/processing/input"}
    output = {"S3Uri": "s3://reports/mq", "LocalPath": "/opt/ml/processing/output"}
    cluster = {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 20}
    state = {
        "JobDefinitionName": "model-quality",
        "RoleArn": world.arn(ROLE),
        "ModelQualityAppSpecification": {"ImageUri": IMAGE, "ProblemType": "Regression"},
        "ModelQualityJobInput": {
            "EndpointInput": endpoint,
            "GroundTruthS3Input": {"S3Uri": "s3://labels/"},
        },
        "ModelQualityJobOutputConfig": {"MonitoringOutputs": [{"S3Output": output}]},
        "JobResources": {"ClusterConfig": cluster},
    }
    return {"typeName": "AWS::SageMaker::ModelQualityJobDefinition", "desiredState": json.dumps(state)}


def _mlflow(world: World) -> Props:
    return {
        "trackingServerName": "experiments",
        "artifactStoreUri": "s3://artifacts/mlflow",
        "roleArn": world.arn(ROLE),
        "trackingServerSize": "Small",
        "tags": {"team": "ml"},
    }


def _scaled(world: World) -> Props:
    return {
        "serviceNamespace": "sagemaker",
        "resourceId": f"endpoint/{world.id(ENDPOINT)}/variant/main",
        "scalableDimension": "sagemaker:variant:DesiredInstanceCount",
    }


def _on_target(world: World) -> Props:
    held = world.get(TARGET).outputs
    return {key: held[key] for key in ("serviceNamespace", "resourceId", "scalableDimension")}


def _tracking(value: float) -> Props:
    return {
        "targetValue": value,
        "scaleInCooldown": 300,
        "predefinedMetricSpecification": {"predefinedMetricType": "SageMakerVariantInvocationsPerInstance"},
    }


def _lower(world: World, _id: str, outputs: Props) -> None:
    world.boto("application-autoscaling").register_scalable_target(
        ServiceNamespace="sagemaker",
        ResourceId=outputs["resourceId"],
        ScalableDimension=outputs["scalableDimension"],
        MinCapacity=1,
        MaxCapacity=3,
    )


SAGEMAKER: dict[str, Case] = {
    MODEL: Case(
        inputs=_model,
        update=fixed(tags={"team": "risk"}),
        replace=fixed(primaryContainer={"image": IMAGE, "environment": {"HF_MODEL_REVISION": "def"}}),
    ),
    CONFIG: Case(
        inputs=_config,
        update=fixed(tags={"team": "risk"}),
        replace=lambda w: {"productionVariants": [_variant(w, "main", 4)]},
    ),
    ENDPOINT: Case(
        inputs=lambda w: {"endpointConfigName": w.id(CONFIG), "tags": {"team": "ml"}},
        update=_other_config,
        replace=fixed(name="other"),
        behind=_swap,
        seen="endpointConfigName",
    ),
    GROUP: Case(
        inputs=fixed(modelPackageGroupName="fraud", modelPackageGroupDescription="fraud models"),
        update=fixed(tags={"team": "risk"}),
        replace=fixed(modelPackageGroupName="other"),
    ),
    "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": Case(
        inputs=lambda w: {
            "modelPackageGroupName": w.id(GROUP),
            "resourcePolicy": json.dumps({"Version": "2012-10-17", "Statement": []}),
        },
        update=fixed(resourcePolicy=json.dumps({"Version": "2012-10-17", "Id": "b", "Statement": []})),
    ),
    "aws:sagemaker/featureGroup:FeatureGroup": Case(
        inputs=_features,
        update=fixed(onlineStoreConfig={"enableOnlineStore": True, "ttlDuration": {"unit": "Days", "value": 60}}),
        replace=fixed(recordIdentifierFeatureName="at"),
    ),
    "aws:sagemaker/modelCard:ModelCard": Case(
        inputs=fixed(
            modelCardName="fraud",
            modelCardStatus="Draft",
            content=json.dumps({"model_overview": {"model_description": "first"}}),
            securityConfig={"kmsKeyId": "arn:aws:kms:us-east-1:123456789012:key/one"},
            tags={"team": "risk"},
        ),
        update=fixed(modelCardStatus="Approved"),
        replace=fixed(modelCardName="other"),
        behind=lambda w, i, _o: w.boto("sagemaker").update_model_card(ModelCardName=i, ModelCardStatus="Archived"),
        seen="modelCardStatus",
    ),
    "aws:sagemaker/pipeline:Pipeline": Case(
        inputs=_pipeline,
        update=fixed(pipelineDefinition=json.dumps({"Version": "2020-12-01", "Metadata": {}, "Steps": []})),
        replace=fixed(pipelineName="other"),
        behind=lambda w, i, _o: w.boto("sagemaker").update_pipeline(PipelineName=i, PipelineDisplayName="renamed"),
        seen="pipelineDisplayName",
    ),
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": Case(
        inputs=_quality,
        update=fixed(tags={"team": "risk"}),
        replace=fixed(stoppingCondition={"maxRuntimeInSeconds": 60}),
    ),
    "aws:sagemaker/monitoringSchedule:MonitoringSchedule": Case(
        inputs=lambda w: _schedule(w, "cron(0 * ? * * *)"),
        update=lambda w: _schedule(w, "cron(0 6 ? * * *)"),
    ),
    "aws:sagemaker/mlflowTrackingServer:MlflowTrackingServer": Case(
        inputs=_mlflow,
        update=fixed(trackingServerSize="Medium"),
        replace=fixed(trackingServerName="other"),
        behind=lambda w, i, _o: w.boto("sagemaker").update_mlflow_tracking_server(
            TrackingServerName=i, TrackingServerSize="Large"
        ),
        seen="trackingServerSize",
    ),
    "aws:cloudcontrol/resource:Resource": Case(inputs=_model_quality, replace=fixed(desiredState="{}")),
    TARGET: Case(
        inputs=lambda w: {**_scaled(w), "minCapacity": 1, "maxCapacity": 4},
        update=fixed(maxCapacity=8),
        replace=fixed(resourceId="endpoint/other/variant/main"),
        behind=_lower,
        seen="maxCapacity",
    ),
    "aws:appautoscaling/policy:Policy": Case(
        inputs=lambda w: {
            **_on_target(w),
            "policyType": "TargetTrackingScaling",
            "targetTrackingScalingPolicyConfiguration": _tracking(70.0),
        },
        update=fixed(targetTrackingScalingPolicyConfiguration=_tracking(50.0)),
    ),
    "aws:appautoscaling/scheduledAction:ScheduledAction": Case(
        inputs=lambda w: {
            **_on_target(w),
            "schedule": "cron(0 8 * * ? *)",
            "scalableTargetAction": {"minCapacity": 2, "maxCapacity": 4},
        },
        update=fixed(schedule="cron(0 9 * * ? *)"),
    ),
}
