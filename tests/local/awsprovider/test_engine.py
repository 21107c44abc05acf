"""The provider under the real engine: a serving platform in small, through every operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support import LocalCloud, Workspace

pytestmark = pytest.mark.engine

PROGRAM = """
import json

import pulumi
import pulumi_aws as aws

count = pulumi.Config().get_int("count") or 1
bucket = aws.s3.Bucket("data", force_destroy=True, tags={"team": "ml"})
aws.s3.BucketVersioning(
    "data", bucket=bucket.id, versioning_configuration={"status": "Enabled"}
)
trust = aws.iam.get_policy_document_output(
    statements=[
        {
            "actions": ["sts:AssumeRole"],
            "principals": [{"type": "Service", "identifiers": ["sagemaker.amazonaws.com"]}],
        }
    ]
)
role = aws.iam.Role("serving", assume_role_policy=trust.json)
token = aws.ssm.Parameter(
    "token", name="/serving/token", type="SecureString", value=pulumi.Output.secret("hunter2")
)
model = aws.sagemaker.Model(
    "fraud",
    execution_role_arn=role.arn,
    primary_container={
        "image": "763104351884.dkr.ecr.eu-central-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.4",
        "environment": {"BUCKET": bucket.id, "TOKEN": token.value},
    },
)
config = aws.sagemaker.EndpointConfiguration(
    "fraud",
    production_variants=[
        {
            "variant_name": "main",
            "model_name": model.name,
            "initial_instance_count": count,
            "instance_type": "ml.g5.2xlarge",
        }
    ],
)
endpoint = aws.sagemaker.Endpoint("fraud", endpoint_config_name=config.name)
pulumi.export("endpoint", endpoint.name)
pulumi.export("bucket", bucket.id)
pulumi.export("arn", endpoint.arn)
"""
TAGS = {"aws:defaultTags": {"tags": {"owner": "platform"}}}

MakeWorkspace = Callable[..., Workspace]


def _counts(cloud: LocalCloud, endpoint: str) -> list[int]:
    found: dict[str, Any] = cloud.client("sagemaker").describe_endpoint(EndpointName=endpoint)
    return [variant["DesiredInstanceCount"] for variant in found["ProductionVariants"]]


def test_a_platform_lives_its_life(make_workspace: MakeWorkspace, local_cloud: LocalCloud) -> None:
    workspace = make_workspace(PROGRAM, config=TAGS, name="serving")
    previewed = workspace.preview(json=True).events
    assert {step["op"] for step in previewed["steps"]} == {"create"}

    made = workspace.up()
    endpoint, bucket = made.outputs["endpoint"], made.outputs["bucket"]
    assert _counts(local_cloud, endpoint) == [1]
    tags = local_cloud.client("s3").get_bucket_tagging(Bucket=bucket)["TagSet"]
    assert {tag["Key"]: tag["Value"] for tag in tags} == {"team": "ml", "owner": "platform"}
    workspace.preview(flags=["--expect-no-changes"])
    workspace.refresh(flags=["--expect-no-changes"])

    # The secret, and what was derived from it, stay secret in the state.
    assert "hunter2" not in str(workspace.export())

    # A change behind Pulumi's back is seen, and is put right.
    local_cloud.client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
    workspace.refresh()
    steps = workspace.preview(json=True, flags=["--diff"]).events["steps"]
    assert [step["op"] for step in steps if step["op"] != "same"] == ["update"]
    workspace.up()
    assert local_cloud.client("s3").get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"

    # A size changes through a new configuration; the endpoint stays.
    workspace.write_config({**TAGS, "serving:count": 3})
    steps = workspace.preview(json=True).events["steps"]
    ops = {step["urn"].rsplit("::", 2)[1]: step["op"] for step in steps if step["op"] not in ("same", "replace")}
    assert ops["aws:sagemaker/endpoint:Endpoint"] == "update"
    changed = workspace.up()
    assert changed.outputs["endpoint"] == endpoint
    assert _counts(local_cloud, endpoint) == [3]
    configs = local_cloud.client("sagemaker").list_endpoint_configs(NameContains="fraud-")["EndpointConfigs"]
    assert len(configs) == 1

    # What was deleted behind Pulumi's back is made again.
    local_cloud.client("sagemaker").delete_endpoint(EndpointName=endpoint)
    workspace.refresh()
    endpoint = workspace.up().outputs["endpoint"]
    assert _counts(local_cloud, endpoint) == [3]

    workspace.destroy()
    assert local_cloud.client("sagemaker").list_endpoints(NameContains=endpoint)["Endpoints"] == []
    assert bucket not in {each["Name"] for each in local_cloud.client("s3").list_buckets()["Buckets"]}


def test_wrong_properties_are_named_by_path(make_workspace: MakeWorkspace) -> None:
    program = """
import pulumi
class Bucket(pulumi.CustomResource):
    def __init__(self):
        props = {"bukcet": "x", "versioning": {"enabled": "often"}}
        super().__init__("aws:s3/bucket:Bucket", "data", props, pulumi.ResourceOptions(version=VERSION))
import pulumi_aws
VERSION = __import__("importlib.metadata").metadata.version("pulumi_aws")
Bucket()
"""
    output = make_workspace(program).preview(check=False).output
    assert "there is no property 'bukcet' here; did you mean 'bucket'?" in output
    assert "property versioning.enabled" in output
