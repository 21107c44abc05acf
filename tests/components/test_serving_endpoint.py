"""Endpoints through the real engine: four forms, variants, what a new size changes and what it leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.components.single import Single, single, untagged
from trimtab.components.serving_endpoint import saturation_metric, takes_volume_key
from trimtab.components.serving_endpoint.variants import instances
from trimtab.spec.serving import ServingEndpoint
from trimtab.spec.sizing import SizingHandle

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/fraud@sha256:" + "a1" * 32
MODEL = {"type": "registered", "group": "fraud", "version": 3, "image": IMAGE, "dataKey": "fraud/3/model.tar.gz"}
GPUS = {
    "form": "real-time",
    "instanceType": "ml.g5.2xlarge",
    "minInstances": 4,
    "maxInstances": 8,
    "targetInvocationsPerInstance": 600,
}
CONFIG = "aws:sagemaker/endpointConfiguration:EndpointConfiguration"
WIRED = {
    "vpc_id": "vpc-0123456789abcdef0",
    "subnet_ids": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    "model_bucket": "models",
    "capture_bucket": "data",
    "model_group_names": {"fraud": "acme-dev-fraud"},
    "alarm_topic_arn": "arn:aws:sns:us-east-1:123456789012:alarms",
    "spec_path": "servingEndpoints[0]",
}


def declared(name: str, capacity: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "model": MODEL, "capacity": capacity, **more}


def made(make: Callable[..., Workspace], spec: dict[str, Any], environment: str = "dev") -> Single:
    kind = "serving_endpoint:ServingEndpoint"
    model = "serving:ServingEndpoint"
    return single(make, kind, model, spec, name=spec["name"], environment=environment, inputs=WIRED)


def resized(endpoint: Single, spec: dict[str, Any]) -> None:
    """Bring the endpoint up with another declaration."""
    wanted = {
        "component": "trimtab.components.serving_endpoint:ServingEndpoint",
        "model": "trimtab.spec.serving:ServingEndpoint",
        "name": spec["name"],
        "environment": "dev",
        "spec": spec,
        "inputs": WIRED,
    }
    endpoint.workspace.write_config({"single:component": wanted})
    endpoint.workspace.up()


@pytest.mark.engine
def test_new_bounds_leave_the_fleet_alone_and_a_new_type_keeps_the_name(
    make_workspace: Callable[..., Workspace], local_cloud: LocalCloud
) -> None:
    canary = {"model": {**MODEL, "version": 4}, "trafficPercent": 10}
    endpoint = made(make_workspace, declared("sized", GPUS, canary=canary))
    endpoint.is_stable()
    assert untagged(endpoint.result) == []
    sagemaker, scaling = local_cloud.client("sagemaker"), local_cloud.client("application-autoscaling")
    serving = sagemaker.describe_endpoint(EndpointName="acme-dev-sized")["EndpointConfigName"]
    variants = sagemaker.describe_endpoint_config(EndpointConfigName=serving)["ProductionVariants"]
    assert [(v["VariantName"], v["InitialInstanceCount"], v["InitialVariantWeight"]) for v in variants] == [
        ("primary", 4, 0.9),
        ("canary", 1, 0.1),
    ]

    resized(endpoint, declared("sized", {**GPUS, "minInstances": 2, "maxInstances": 6}, canary=canary))
    (target,) = scaling.describe_scalable_targets(
        ServiceNamespace="sagemaker", ResourceIds=["endpoint/acme-dev-sized/variant/primary"]
    )["ScalableTargets"]
    assert (target["MinCapacity"], target["MaxCapacity"]) == (2, 6)
    assert sagemaker.describe_endpoint(EndpointName="acme-dev-sized")["EndpointConfigName"] == serving

    resized(endpoint, declared("sized", {**GPUS, "minInstances": 2, "instanceType": "ml.g5.xlarge"}, canary=canary))
    after = sagemaker.describe_endpoint(EndpointName="acme-dev-sized")["EndpointConfigName"]
    assert after != serving
    configs = [c["EndpointConfigName"] for c in sagemaker.list_endpoint_configs()["EndpointConfigs"]]
    assert after in configs
    assert serving not in configs
    endpoint.leaves_nothing()


@pytest.mark.engine
def test_floors_by_hour_are_the_clock_s_and_no_drift(
    make_workspace: Callable[..., Workspace], local_cloud: LocalCloud
) -> None:
    floors = {**GPUS, "minInstances": 2, "hourlyFloors": "mon-fri 07-19 = 4"}
    endpoint = made(make_workspace, declared("by-the-hour", floors))
    scaling = local_cloud.client("application-autoscaling")
    resource = "endpoint/acme-dev-by-the-hour/variant/primary"

    def scheduled() -> dict[str, tuple[str, dict[str, int]]]:
        found = scaling.describe_scheduled_actions(ServiceNamespace="sagemaker", ResourceId=resource)
        return {
            one["ScheduledActionName"]: (one["Schedule"], one["ScalableTargetAction"])
            for one in found["ScheduledActions"]
        }

    assert scheduled() == {
        "floor-mon-to-fri-07": ("cron(0 7 ? * MON,TUE,WED,THU,FRI *)", {"MinCapacity": 4}),
        "floor-mon-to-fri-19": ("cron(0 19 ? * MON,TUE,WED,THU,FRI *)", {"MinCapacity": 2}),
    }
    scaling.register_scalable_target(
        ServiceNamespace="sagemaker", ResourceId=resource, MinCapacity=4,
        ScalableDimension="sagemaker:variant:DesiredInstanceCount",
    )  # fmt: skip
    endpoint.workspace.preview(flags=["--refresh", "--expect-no-changes"])
    resized(endpoint, declared("by-the-hour", {**floors, "hourlyFloors": "mon-sun 00-24 = 3"}))
    assert scheduled() == {"floor-mon-to-sun-00": ("cron(0 0 ? * MON,TUE,WED,THU,FRI,SAT,SUN *)", {"MinCapacity": 3})}


@pytest.mark.engine
def test_an_endpoint_says_what_can_be_sized_and_what_sends_it_back(
    make_workspace: Callable[..., Workspace], local_cloud: LocalCloud
) -> None:
    endpoint = made(make_workspace, declared("handled", GPUS, latencyP99Ms=40), environment="prod")
    (raw,) = endpoint.outputs["sizingHandles"]
    handle = SizingHandle.model_validate(raw)
    assert handle.cloud_id == "acme-prod-handled"
    assert handle.dimensions == {"EndpointName": "acme-prod-handled", "VariantName": "primary"}
    assert handle.floor == 2
    assert [field.spec_path for field in handle.fields] == [
        f"servingEndpoints[0].capacity.{name}"
        for name in (
            "minInstances",
            "maxInstances",
            "instanceType",
            "scaleInCooldownSeconds",
            "hourlyFloors",
            "targetInvocationsPerInstance",
        )
    ]
    declared_endpoint = endpoint.only("aws:sagemaker/endpoint:Endpoint")
    rollback = declared_endpoint.inputs["deploymentConfig"]["autoRollbackConfiguration"]["alarms"]
    names = [alarm["alarmName"] for alarm in rollback]
    alarms = local_cloud.client("cloudwatch").describe_alarms(AlarmNames=names)["MetricAlarms"]
    assert {alarm["AlarmName"] for alarm in alarms} == {"acme-prod-handled-latency", "acme-prod-handled-errors"}
    latency = next(alarm for alarm in alarms if alarm["AlarmName"].endswith("latency"))
    assert latency["Threshold"] == 40_000, "ModelLatency is in microseconds"
    model = endpoint.only("aws:sagemaker/model:Model")
    assert model.inputs["tags"]["ModelPackageGroup"] == "acme-dev-fraud"
    assert model.inputs["tags"]["ModelVersion"] == "3"
    assert model.inputs["enableNetworkIsolation"] is True
    config = endpoint.only(CONFIG)
    assert "kmsKeyArn" not in config.inputs, "AWS refuses a volume key for instances with local disks"
    assert config.inputs["dataCaptureConfig"]["kmsKeyId"]
    role = endpoint.document("aws:iam/rolePolicy:RolePolicy", "handled-role")
    read = next(statement for statement in role["Statement"] if statement["Sid"] == "ReadModels")
    assert read["Resource"][0] == "arn:aws:s3:::models/fraud/3/model.tar.gz"


@pytest.mark.engine
def test_asynchronous_wakes_from_zero(make_workspace: Callable[..., Workspace], local_cloud: LocalCloud) -> None:
    capacity = {"form": "asynchronous", "instanceType": "ml.m5.xlarge", "minInstances": 0, "maxInstances": 3}
    endpoint = made(make_workspace, declared("queued", capacity))
    endpoint.is_stable()
    policies = local_cloud.client("application-autoscaling").describe_scaling_policies(
        ServiceNamespace="sagemaker", ResourceId="endpoint/acme-dev-queued/variant/primary"
    )["ScalingPolicies"]
    assert {policy["PolicyType"] for policy in policies} == {"StepScaling", "TargetTrackingScaling"}
    wake = next(policy for policy in policies if policy["PolicyType"] == "StepScaling")
    waiting = next(
        alarm
        for alarm in endpoint.result.of_type("aws:cloudwatch/metricAlarm:MetricAlarm")
        if alarm.inputs.get("metricName") == "HasBacklogWithoutCapacity"
    )
    assert waiting.inputs["alarmActions"] == [wake["PolicyARN"]]
    config = endpoint.only(CONFIG)
    assert config.inputs["kmsKeyArn"], "ml.m5 keeps its model on EBS"
    output = config.inputs["asyncInferenceConfig"]["outputConfig"]
    assert output["s3OutputPath"] == "s3://data/async/queued/answers"
    topic = endpoint.only("aws:sns/topic:Topic")
    assert output["notificationConfig"]["errorTopic"] == topic.outputs["arn"]
    assert topic.inputs["kmsMasterKeyId"]
    endpoint.leaves_nothing()


@pytest.mark.engine
def test_serverless_has_neither_network_nor_handle(make_workspace: Callable[..., Workspace]) -> None:
    endpoint = made(make_workspace, declared("paid-by-request", {"form": "serverless", "memoryMib": 4096}))
    endpoint.is_stable()
    model = endpoint.only("aws:sagemaker/model:Model")
    assert "vpcConfig" not in model.inputs
    assert "sizingHandles" not in endpoint.outputs
    assert endpoint.result.of_type("aws:appautoscaling/target:Target") == []
    (variant,) = endpoint.only(CONFIG).inputs["productionVariants"]
    assert variant["serverlessConfig"]["memorySizeInMb"] == 4096
    assert "instanceType" not in variant


@pytest.mark.engine
def test_multi_model_reads_a_prefix_and_shadow_gets_a_copy(make_workspace: Callable[..., Workspace]) -> None:
    capacity = {**GPUS, "form": "multi-model", "instanceType": "ml.r5.xlarge"}
    many = made(make_workspace, declared("many", capacity, model={**MODEL, "dataKey": "shops/41"}))
    container = many.only("aws:sagemaker/model:Model").inputs["primaryContainer"]
    assert (container["mode"], container["modelDataUrl"]) == ("MultiModel", "s3://models/shops/41/")

    shadow = {"model": {**MODEL, "version": 4, "dataKey": "fraud/4/model.tar.gz"}, "samplingPercent": 25}
    beside = made(make_workspace, declared("shadowed", GPUS, shadow=shadow))
    (variant,) = beside.only(CONFIG).inputs["shadowProductionVariants"]
    assert (variant["variantName"], variant["initialVariantWeight"], variant["initialInstanceCount"]) == (
        "shadow",
        0.25,
        1,
    )


@pytest.mark.engine
def test_a_hub_model_is_loaded_by_commit(make_workspace: Callable[..., Workspace]) -> None:
    hub = {
        "type": "hugging-face",
        "group": "fraud",
        "modelId": "org/model",
        "revision": "0123456789abcdef0123456789abcdef01234567",
        "task": "text-generation",
        "image": IMAGE,
    }
    endpoint = made(make_workspace, {"name": "hub", "model": hub, "capacity": GPUS})
    model = endpoint.only("aws:sagemaker/model:Model")
    assert model.inputs["primaryContainer"]["environment"] == {
        "HF_MODEL_ID": "org/model",
        "HF_MODEL_REVISION": "0123456789abcdef0123456789abcdef01234567",
        "HF_TASK": "text-generation",
    }
    assert model.inputs["enableNetworkIsolation"] is False
    assert "subnets" in model.inputs["vpcConfig"]


@pytest.mark.parametrize(
    ("instance_type", "metric", "full", "keyed"),
    [
        ("ml.g5.2xlarge", "GPUUtilization", 100.0, False),
        ("ml.g5.12xlarge", "GPUUtilization", 400.0, False),
        ("ml.m5.2xlarge", "CPUUtilization", 800.0, True),
        ("ml.m5d.xlarge", "CPUUtilization", 100.0, False),
    ],
)
def test_what_is_full_and_what_takes_a_key(instance_type: str, metric: str, full: float, *, keyed: bool) -> None:
    spec = ServingEndpoint.model_validate(declared("x", {**GPUS, "instanceType": instance_type}))
    assert saturation_metric(spec) == ("/aws/sagemaker/Endpoints", metric, full)
    assert takes_volume_key(spec.capacity) is keyed


@pytest.mark.parametrize(
    ("minimum", "share", "count"), [(1, 1.0, 1), (4, 1.0, 4), (4, 0.95, 4), (4, 0.05, 1), (10, 0.25, 3)]
)
def test_a_variant_begins_with_its_share(minimum: int, share: float, count: int) -> None:
    spec = ServingEndpoint.model_validate(declared("x", {**GPUS, "minInstances": minimum, "maxInstances": 10}))
    assert spec.capacity.form == "real-time"
    assert instances(spec.capacity, share) == count
