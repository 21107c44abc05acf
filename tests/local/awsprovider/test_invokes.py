"""Data sources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import grpc
import pytest

from tests.local.awsprovider.cases.port import ACCOUNT, REGION

if TYPE_CHECKING:
    from tests.local.awsprovider.cases import World
    from tests.local.awsprovider.plugin import Plugin

DOCUMENT = "aws:iam/getPolicyDocument:getPolicyDocument"


def test_where_we_are(plugin: Plugin) -> None:
    assert plugin.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})["accountId"] == ACCOUNT
    assert plugin.invoke("aws:index/getRegion:getRegion", {})["region"] == REGION
    assert plugin.invoke("aws:index/getPartition:getPartition", {})["dnsSuffix"] == "amazonaws.com"
    china = plugin.invoke("aws:index/getPartition:getPartition", {"region": "cn-north-1"})
    assert (china["partition"], china["reverseDnsPrefix"]) == ("aws-cn", "cn.com.amazonaws")


def test_zones(plugin: Plugin) -> None:
    token = "aws:index/getAvailabilityZones:getAvailabilityZones"
    zones = plugin.invoke(token, {"state": "available"})
    assert zones["names"] == [f"{REGION}a", f"{REGION}b", f"{REGION}c"]
    assert plugin.invoke(token, {"excludeNames": [f"{REGION}a"]})["names"] == [f"{REGION}b", f"{REGION}c"]


def test_networks(plugin: Plugin, world: World) -> None:
    vpc, subnet = world.id("aws:ec2/vpc:Vpc"), world.id("aws:ec2/subnet:Subnet")
    assert plugin.invoke("aws:ec2/getVpc:getVpc", {"id": vpc})["cidrBlock"] == "10.0.0.0/16"
    assert plugin.invoke("aws:ec2/getSubnet:getSubnet", {"id": subnet})["vpcId"] == vpc
    found = plugin.invoke("aws:ec2/getSubnets:getSubnets", {"filters": [{"name": "vpc-id", "values": [vpc]}]})
    assert subnet in found["ids"]
    with pytest.raises(grpc.RpcError, match="one VPC is looked for, and none was found"):
        plugin.invoke("aws:ec2/getVpc:getVpc", {"cidrBlock": "1.2.3.0/24"})


def test_images_and_parameters(plugin: Plugin) -> None:
    token = "aws:ssm/getParameter:getParameter"
    family = "base-oss-nvidia-driver-gpu-ubuntu-22.04"
    name = f"/aws/service/deeplearning/ami/x86_64/{family}/latest/ami-id"
    image = plugin.invoke(token, {"name": name})["insecureValue"]
    found = plugin.invoke(
        "aws:ec2/getAmi:getAmi", {"filters": [{"name": "image-id", "values": [image]}], "owners": ["amazon"]}
    )
    assert found["id"] == image
    analyzer = plugin.invoke(
        "aws:sagemaker/getPrebuiltEcrImage:getPrebuiltEcrImage",
        {"repositoryName": "sagemaker-model-monitor-analyzer", "imageTag": "latest"},
    )
    registry = f"048819808253.dkr.ecr.{REGION}.amazonaws.com"
    assert analyzer["registryPath"] == f"{registry}/sagemaker-model-monitor-analyzer:latest"


def test_a_registrys_token(plugin: Plugin) -> None:
    found = plugin.invoke("aws:ecr/getAuthorizationToken:getAuthorizationToken", {})
    assert found["userName"] == "AWS"
    assert found["password"]


def test_things_that_are_there(plugin: Plugin, world: World) -> None:
    bucket, key, role = (world.id(token) for token in ("aws:s3/bucket:Bucket", "aws:kms/key:Key", "aws:iam/role:Role"))
    assert plugin.invoke("aws:s3/getBucket:getBucket", {"bucket": bucket})["arn"] == f"arn:aws:s3:::{bucket}"
    assert plugin.invoke("aws:kms/getKey:getKey", {"keyId": key})["arn"].endswith(key)
    assert plugin.invoke("aws:iam/getRole:getRole", {"name": role})["arn"] == world.arn("aws:iam/role:Role")


def test_an_unknown_function_is_named(plugin: Plugin) -> None:
    with pytest.raises(grpc.RpcError, match="there is no function 'aws:x/getY:getY' here"):
        plugin.invoke("aws:x/getY:getY", {})


def test_a_policy_document(plugin: Plugin) -> None:
    read = {
        "sid": "read",
        "actions": ["s3:GetObject"],
        "resources": ["a", "b"],
        "conditions": [{"test": "StringEquals", "variable": "aws:SourceAccount", "values": [ACCOUNT]}],
    }
    trust = {
        "effect": "Deny",
        "principals": [{"type": "Service", "identifiers": ["ec2.amazonaws.com"]}],
        "notActions": ["x"],
    }
    document = json.loads(plugin.invoke(DOCUMENT, {"statements": [read, trust]})["json"])
    assert document == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "read",
                "Effect": "Allow",
                "Action": "s3:GetObject",
                "Resource": ["b", "a"],
                "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
            },
            {"Effect": "Deny", "NotAction": "x", "Principal": {"Service": "ec2.amazonaws.com"}},
        ],
    }


def test_documents_are_overridden_by_sid(plugin: Plugin) -> None:
    source = plugin.invoke(DOCUMENT, {"statements": [{"sid": "a", "actions": ["x"]}]})["json"]
    other = plugin.invoke(DOCUMENT, {"statements": [{"sid": "a", "actions": ["y"]}]})["json"]
    found = plugin.invoke(DOCUMENT, {"sourcePolicyDocuments": [source], "overridePolicyDocuments": [other]})
    assert json.loads(found["json"])["Statement"] == [{"Sid": "a", "Effect": "Allow", "Action": "y"}]
    with pytest.raises(grpc.RpcError, match="DuplicateSid"):
        plugin.invoke(
            DOCUMENT,
            {"sourcePolicyDocuments": [source], "statements": [{"sid": "a", "actions": ["z"]}]},
        )
