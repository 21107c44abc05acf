"""What is read off pulumi_aws, and kept on disk."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from trimtab.local.awsprovider.sdk import ListOf, MapOf, ObjectOf, Scalar, reflect, resolve
from trimtab.local.awsprovider.sdk.store import TypeStore
from trimtab.local.awsprovider.services import MAPPED

if TYPE_CHECKING:
    from pathlib import Path

ENDPOINT = "aws:sagemaker/endpoint:Endpoint"


def test_a_type_as_the_sdk_declares_it() -> None:
    kind = reflect(ENDPOINT)
    assert kind is not None
    assert kind.inputs["endpointConfigName"].required
    assert kind.inputs["name"].type == Scalar("string")
    assert kind.inputs["tags"].type == MapOf(Scalar("string"))
    assert isinstance(kind.inputs["deploymentConfig"].type, ObjectOf)
    assert kind.outputs["arn"].computed
    assert not kind.outputs["deploymentConfig"].computed


def test_arguments_that_the_sdk_calls_init_args() -> None:
    kind = reflect("aws:s3/bucketVersioning:BucketVersioning")
    assert kind is not None
    assert kind.inputs.keys() >= {"bucket", "versioningConfiguration"}


def test_what_the_documentation_says_replaces() -> None:
    kind = reflect("aws:devopsagent/agentSpace:AgentSpace")
    assert kind is not None
    assert kind.inputs["kmsKeyArn"].replaces
    assert not kind.inputs["tags"].replaces
    # "If the type is anything other than Interface, changing this forces …" is no plain rule.
    endpoint = reflect("aws:ec2/vpcEndpoint:VpcEndpoint")
    assert endpoint is not None
    assert not endpoint.inputs["privateDnsEnabled"].replaces


def test_reading_a_type_leaves_the_sdk_whole() -> None:
    """In a process of its own: what is imported first decides."""
    code = (
        "from trimtab.local.awsprovider.sdk import reflect; reflect('aws:ec2/vpcEndpoint:VpcEndpoint'); "
        "import pulumi_aws; pulumi_aws.ec2.VpcEndpoint"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)


@pytest.mark.parametrize("token", ["aws:wafv2/webAcl:WebAcl", "aws:wafv2/ruleGroup:RuleGroup"])
def test_types_that_hold_themselves_end(token: str) -> None:
    kind = reflect(token)
    assert kind is not None
    assert len(kind.objects) > 50


def test_lists_are_lists() -> None:
    kind = reflect("aws:sagemaker/endpointConfiguration:EndpointConfiguration")
    assert kind is not None
    assert isinstance(kind.inputs["productionVariants"].type, ListOf)


@pytest.mark.parametrize("token", ["aws:s3/nothing:Nothing", "nonsense", "aws:nothing/here:Here", ""])
def test_what_is_not_there_is_none(token: str) -> None:
    assert reflect(token) is None


def test_every_mapped_type_is_one_of_the_sdk() -> None:
    assert [token for token in MAPPED if resolve(token) is None] == []


def test_what_is_kept_comes_back_the_same(tmp_path: Path) -> None:
    store = TypeStore(tmp_path / "types")
    for token in (ENDPOINT, "aws:ec2/launchTemplate:LaunchTemplate", "aws:lambda/function:Function"):
        kind = reflect(token)
        assert kind is not None
        assert store.load(token) is None
        store.keep(kind)
        assert store.load(token) == kind


def test_a_broken_file_is_as_none(tmp_path: Path) -> None:
    store = TypeStore(tmp_path)
    kind = reflect(ENDPOINT)
    assert kind is not None
    store.keep(kind)
    (kept,) = tmp_path.iterdir()
    kept.write_text('{"inputs": {"a": [')
    assert store.load(ENDPOINT) is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kind = reflect(ENDPOINT)
    assert kind is not None
    TypeStore(tmp_path / "file" / "types").keep(kind)
