"""Check: what is refused, by path, and what is added to what is given."""

from __future__ import annotations

import contextlib
from typing import Any

import grpc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.local.awsprovider.plugin import CheckFailedError, Plugin
from trimtab.local.awsprovider.check import validate
from trimtab.local.awsprovider.sdk import resolve
from trimtab.local.awsprovider.services import MAPPED
from trimtab.local.awsprovider.values import UNKNOWN, Secret

ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
ENDPOINT = "aws:sagemaker/endpoint:Endpoint"
BUCKET = "aws:s3/bucket:Bucket"


def _failures(plugin: Plugin, token: str, **inputs: Any) -> dict[str, str]:
    with pytest.raises(CheckFailedError) as refused:
        plugin.check(token, inputs)
    return refused.value.failures


@pytest.mark.parametrize(
    ("token", "inputs", "path", "reason"),
    [
        (BUCKET, {"bukcet": "x"}, "bukcet", "did you mean 'bucket'?"),
        (BUCKET, {"zzz": 1}, "zzz", "allowed are accelerationStatus, acl"),
        (BUCKET, {"forceDestroy": "yes"}, "forceDestroy", "true or false is expected, and the string 'yes'"),
        (BUCKET, {"tags": {"a": 1}}, "tags.a", "a string is expected, and the number 1 was given"),
        (BUCKET, {"tags": ["a"]}, "tags", "an object is expected, and a list was given"),
        (BUCKET, {"versioning": {"enabled": 1}}, "versioning.enabled", "and the number 1 was given"),
        (ENDPOINT, {}, "endpointConfigName", "a value is required"),
        (ENDPOINT, {"endpointConfigName": {}}, "endpointConfigName", "and an object was given"),
        (
            ENCRYPTION,
            {"bucket": "b", "rules": [{"applyServerSideEncryptionByDefault": {}}]},
            "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm",
            "a value is required",
        ),
        (
            ENCRYPTION,
            {"bucket": "b", "rules": [{"applyServerSideEncryptionByDefault": {"sseAlgoritm": "AES256"}}]},
            "rules[0].applyServerSideEncryptionByDefault.sseAlgoritm",
            "did you mean 'sseAlgorithm'?",
        ),
        (
            "aws:autoscaling/group:Group",
            {"minSize": 1.5, "maxSize": 2},
            "minSize",
            "a whole number is expected, and the number 1.5",
        ),
        (
            "aws:lambda/function:Function",
            {"role": "r", "code": "index.zip"},
            "code",
            "an archive (pulumi.FileArchive and the like) is expected",
        ),
    ],
)
def test_what_is_wrong_is_named_by_path(
    plugin: Plugin, token: str, inputs: dict[str, Any], path: str, reason: str
) -> None:
    assert reason in _failures(plugin, token, **inputs)[path]


def test_every_failure_is_told_at_once(plugin: Plugin) -> None:
    failures = _failures(plugin, "aws:autoscaling/group:Group", minSize="one", bogus=1)
    assert failures.keys() == {"minSize", "maxSize", "bogus"}


def test_a_type_that_the_sdk_lacks_is_refused(plugin: Plugin) -> None:
    with pytest.raises(grpc.RpcError, match="has no resource type 'aws:s3/shovel:Shovel'"):
        plugin.check("aws:s3/shovel:Shovel", {})


def test_what_the_cloud_decides_is_taken_for_any_type(plugin: Plugin) -> None:
    checked = plugin.check(
        "aws:ec2/subnet:Subnet", {"vpcId": UNKNOWN, "mapPublicIpOnLaunch": UNKNOWN, "tags": {"a": UNKNOWN}}
    )
    assert checked["vpcId"] is UNKNOWN
    assert checked["tagsAll"] == {"owner": "platform", "a": UNKNOWN}


def test_secrets_pass_checked_and_still_secret(plugin: Plugin) -> None:
    checked = plugin.check("aws:ssm/parameter:Parameter", {"type": "SecureString", "value": Secret("x")})
    assert checked["value"] == Secret("x")
    secret = Secret(5)
    assert "value" in _failures(plugin, "aws:ssm/parameter:Parameter", type="String", value=secret)


def test_default_tags_are_added_and_overridden(plugin: Plugin) -> None:
    assert plugin.check(BUCKET, {})["tagsAll"] == {"owner": "platform"}
    checked = plugin.check(BUCKET, {"tags": {"owner": "ml", "a": "b"}})
    assert checked["tagsAll"] == {"owner": "ml", "a": "b"}
    assert plugin.check(BUCKET, {"tags": Secret({"a": "b"})})["tagsAll"] == Secret({"owner": "platform", "a": "b"})


def test_a_policy_given_as_an_object_becomes_its_text(plugin: Plugin) -> None:
    statement = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "*"}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    checked = plugin.check("aws:iam/policy:Policy", {"policy": document})
    assert '"s3:GetObject"' in checked["policy"]


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1000, 1000)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.just(UNKNOWN)
    | st.text(max_size=4).map(Secret),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_property_bag_crashes_check(plugin: Plugin, data: st.DataObject) -> None:
    token = data.draw(st.sampled_from(sorted(MAPPED)))
    kind = resolve(token)
    assert kind is not None
    names = st.sampled_from(sorted(kind.inputs)) | st.text(max_size=8)
    inputs = data.draw(st.dictionaries(names, _VALUES, max_size=6))
    # Either answer is right; a crash would be an error of the call.
    with contextlib.suppress(CheckFailedError):
        assert plugin.check(token, inputs).keys() >= {key for key, value in inputs.items() if value is not None}


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_what_fits_the_types_is_never_refused(data: st.DataObject) -> None:
    kind = resolve(ENCRYPTION)
    assert kind is not None
    rule = {
        "applyServerSideEncryptionByDefault": {
            "sseAlgorithm": data.draw(st.text()),
            "kmsMasterKeyId": data.draw(st.text() | st.just(UNKNOWN)),
        },
        "bucketKeyEnabled": data.draw(st.booleans()),
    }
    inputs = {"bucket": data.draw(st.text()), "rules": [rule] * data.draw(st.integers(0, 3))}
    assert validate(inputs, kind.inputs, kind.objects) == []
