"""Previews with unknowns, secrets in outputs, records, imports, errors."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

import grpc
import pytest

from tests.local.awsprovider.cases.port import REGION
from tests.local.awsprovider.plugin import Plugin
from trimtab.local.awsprovider.server import build
from trimtab.local.awsprovider.values import UNKNOWN, Secret, has_secret

if TYPE_CHECKING:
    from tests.local.awsprovider.cases import World

BUCKET = "aws:s3/bucket:Bucket"
PARAMETER = "aws:ssm/parameter:Parameter"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
# A type that this cloud has no mapping for.
RECORD = "aws:quicksight/folder:Folder"


def test_previews_know_what_was_given_and_no_more(plugin: Plugin) -> None:
    checked = plugin.check(BUCKET, {"tags": {"a": "b"}}, name="data")
    _, outputs = plugin.create(BUCKET, checked, preview=True)
    assert outputs["bucket"] == checked["bucket"]
    assert outputs["tagsAll"] == {"a": "b", "owner": "platform"}
    assert outputs["arn"] is UNKNOWN
    assert outputs["bucketRegionalDomainName"] is UNKNOWN


def test_a_preview_of_an_update_keeps_what_stays(plugin: Plugin) -> None:
    old = {"name": "t", "instanceType": "m5.large"}
    state = {**old, "arn": "arn:t", "id": "lt-1", "latestVersion": 1}
    outputs = plugin.update(TEMPLATE, "lt-1", state, old, {**old, "instanceType": "m5.xlarge"}, preview=True)
    assert outputs["arn"] == "arn:t"
    assert outputs["instanceType"] == "m5.xlarge"
    assert outputs["latestVersion"] is UNKNOWN


def test_secret_inputs_are_secret_outputs(plugin: Plugin) -> None:
    inputs = plugin.check(PARAMETER, {"name": "/s", "type": "SecureString", "value": Secret("hunter2")})
    made, outputs = plugin.create(PARAMETER, inputs)
    assert outputs["value"] == Secret("hunter2")
    _, state, now = plugin.read(PARAMETER, made, outputs, inputs)
    assert state["value"] == now["value"] == Secret("hunter2")
    new = {**inputs, "value": Secret("hunter3")}
    assert plugin.update(PARAMETER, made, outputs, inputs, new)["value"] == Secret("hunter3")
    plugin.delete(PARAMETER, made, outputs)


def test_a_secret_deep_within_makes_its_property_secret(plugin: Plugin) -> None:
    token = "aws:sagemaker/model:Model"
    container = {"image": "i", "environment": {"TOKEN": Secret("hunter2")}}
    inputs = plugin.check(
        token, {"executionRoleArn": "arn:aws:iam::123456789012:role/ml", "primaryContainer": container}
    )
    for preview in (True, False):
        made, outputs = plugin.create(token, inputs, preview=preview)
        assert isinstance(outputs["primaryContainer"], Secret)
        assert not has_secret(outputs["arn"])
    plugin.delete(token, made, outputs)


def test_a_type_without_a_mapping_is_a_checked_record(plugin: Plugin) -> None:
    inputs = plugin.check(RECORD, {"folderId": "reports", "name": "Reports"})
    made, outputs = plugin.create(RECORD, inputs)
    assert made == "Reports"
    assert outputs["arn"].startswith(f"arn:aws:quicksight:{REGION}:")
    read, state, now = plugin.read(RECORD, made, outputs, inputs)
    assert (read, state, now) == (made, outputs, inputs)
    new = {**inputs, "parentFolderArn": "arn:parent"}
    assert plugin.update(RECORD, made, outputs, inputs, new)["parentFolderArn"] == "arn:parent"
    plugin.delete(RECORD, made, outputs)


def test_an_import_reads_inputs_that_check_takes(plugin: Plugin, world: World) -> None:
    world.boto("s3").create_bucket(Bucket="there-already", CreateBucketConfiguration={"LocationConstraint": REGION})
    read, state, inputs = plugin.read(BUCKET, "there-already")
    assert read == inputs["bucket"] == "there-already"
    assert state["arn"] == "arn:aws:s3:::there-already"
    checked = plugin.check(BUCKET, inputs, olds=inputs)
    assert plugin.diff(BUCKET, inputs, {k: v for k, v in checked.items() if k != "tagsAll"}).changes == 1
    world.boto("s3").delete_bucket(Bucket="there-already")


def test_what_is_not_there_reads_as_gone_and_deletes_quietly(plugin: Plugin) -> None:
    assert plugin.read("aws:iam/role:Role", "nobody")[0] == ""
    plugin.delete("aws:iam/role:Role", "nobody", {"name": "nobody"})


def test_a_refusal_is_one_sentence(plugin: Plugin, world: World) -> None:
    inputs = plugin.check(BUCKET, {"bucket": world.id(BUCKET)})
    with pytest.raises(grpc.RpcError) as refused:
        plugin.create(BUCKET, inputs)
    details: Any = refused.value
    assert details.details().startswith("AWS refused CreateBucket (BucketAlreadyOwnedByYou): ")
    assert "\n" not in details.details()


def test_a_half_made_resource_is_not_forgotten(plugin: Plugin, world: World) -> None:
    """The bucket is made, its tags are refused: the engine must learn that it exists."""
    inputs = plugin.check(BUCKET, {"bucket": "half-made", "tags": {"aws:mine": "x"}})
    with pytest.raises(grpc.RpcError) as refused:
        plugin.create(BUCKET, inputs)
    details: Any = refused.value
    sent = dict(details.trailing_metadata())
    assert b"half-made" in sent["grpc-status-details-bin"]
    world.boto("s3").delete_bucket(Bucket="half-made")


def test_a_dead_cloud_is_said_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    server, at = build()
    client = Plugin.at(at)
    client.configure(region=REGION)
    with pytest.raises(grpc.RpcError, match="remedy: run `trimtab local status`"):
        client.create("aws:sns/topic:Topic", {"name": "x"})
    server.stop(None)


def test_two_policies_of_one_target_are_told_apart(plugin: Plugin, world: World) -> None:
    token = "aws:appautoscaling/policy:Policy"
    held = world.get("aws:appautoscaling/target:Target").outputs
    target = {key: held[key] for key in ("serviceNamespace", "resourceId", "scalableDimension")}
    step = {"adjustmentType": "ChangeInCapacity", "stepAdjustments": [{"scalingAdjustment": 1}]}
    made = {}
    for name in ("first", "second"):
        asked = {**target, "name": name, "policyType": "StepScaling", "stepScalingPolicyConfiguration": step}
        made[name] = (*plugin.create(token, plugin.check(token, asked)), asked)
    for name, (policy, outputs, asked) in made.items():
        assert plugin.read(token, policy, outputs, asked)[2]["name"] == name
        plugin.delete(token, policy, outputs)


def test_an_inference_component_is_updated_in_place_and_scaled_by_its_copies(plugin: Plugin, world: World) -> None:
    token, name = "aws:cloudcontrol/resource:Resource", "copies-in-place"

    def inputs(model: str, memory: int) -> dict[str, Any]:
        needs = {"NumberOfAcceleratorDevicesRequired": 1, "MinMemoryRequiredInMb": memory}
        state = {
            "InferenceComponentName": name,
            "EndpointName": world.id("aws:sagemaker/endpoint:Endpoint"),
            "VariantName": "primary",
            "Specification": {"ModelName": model, "ComputeResourceRequirements": needs},
            "RuntimeConfig": {"CopyCount": 1},
        }
        given = {"typeName": "AWS::SageMaker::InferenceComponent", "desiredState": json.dumps(state)}
        return plugin.check(token, given, name="copies")

    old, new = inputs("m-1", 1_024), inputs("m-2", 2_048)
    made, outputs = plugin.create(token, old)
    difference = plugin.diff(token, old, new)
    assert difference.changes == difference.DIFF_SOME
    assert list(difference.replaces) == []
    other = {**new, "typeName": "AWS::SageMaker::ModelQualityJobDefinition"}
    assert list(plugin.diff(token, old, other).replaces) == ["desiredState", "typeName"]

    sagemaker = world.boto("sagemaker")
    before = sagemaker.describe_inference_component(InferenceComponentName=name)
    outputs = plugin.update(token, made, outputs, old, new)
    after = sagemaker.describe_inference_component(InferenceComponentName=name)
    assert after["Specification"]["ModelName"] == "m-2"
    assert after["Specification"]["ComputeResourceRequirements"]["MinMemoryRequiredInMb"] == 2_048
    assert (after["CreationTime"], after["InferenceComponentArn"]) == (before["CreationTime"], made)
    assert after["RuntimeConfig"]["CurrentCopyCount"] == 1, "what the autoscaler decided is not sent back"

    target = {
        "serviceNamespace": "sagemaker",
        "resourceId": f"inference-component/{name}",
        "scalableDimension": "sagemaker:inference-component:DesiredCopyCount",
        "minCapacity": 1,
        "maxCapacity": 4,
    }
    scaled, state = plugin.create("aws:appautoscaling/target:Target", target)
    assert plugin.read("aws:appautoscaling/target:Target", scaled, state, target)[2]["maxCapacity"] == 4
    plugin.delete("aws:appautoscaling/target:Target", scaled, state)
    plugin.delete(token, made, outputs)
    assert plugin.read(token, made, outputs, new)[0] == ""
