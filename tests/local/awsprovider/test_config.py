"""The provider's own configuration, and its small talk with the engine."""

from __future__ import annotations

import json
import subprocess
import sys

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2

from tests.local.awsprovider.cases.port import REGION
from tests.local.awsprovider.plugin import Plugin
from trimtab.local.awsprovider.sdk import sdk_version
from trimtab.local.awsprovider.settings import check, read
from trimtab.local.awsprovider.values import encode


def test_structured_settings_come_as_text() -> None:
    settings = read(
        {
            "region": REGION,
            "defaultTags": json.dumps({"tags": {"a": "b"}}),
            "endpoints": json.dumps([{"s3": "http://s3", "sts": "http://sts"}]),
            "accessKey": "key",
            "skipCredentialsValidation": "true",
        }
    )
    assert settings.default_tags == {"a": "b"}
    assert settings.endpoints == {"s3": "http://s3", "sts": "http://sts"}
    assert settings.credentials == {"aws_access_key_id": "key"}


def test_wrong_settings_are_named() -> None:
    failures = {failure.path: failure.reason for failure in check({"regoin": "x", "endpoints": '{"s3": 1}'})}
    assert "did you mean 'region'?" in failures["regoin"]
    assert "a list is expected" in failures["endpoints"]


def test_a_missing_region_says_where_to_set_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION", raising=False)
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    assert [failure.path for failure in check({})] == ["region"]
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    assert check({}) == []
    assert read({}).region == REGION


def test_another_region_replaces_the_provider(plugin: Plugin) -> None:
    request = provider_pb2.DiffRequest(
        olds=encode({"region": "a"}), old_inputs=encode({"region": "a"}), news=encode({"region": "b"})
    )
    assert list(plugin.stub.DiffConfig(request).replaces) == ["region"]


def test_the_engine_learns_what_it_talks_to(plugin: Plugin) -> None:
    assert plugin.stub.GetPluginInfo(empty_pb2.Empty()).version == sdk_version()
    assert json.loads(plugin.stub.GetSchema(provider_pb2.GetSchemaRequest()).schema)["name"] == "aws"
    assert plugin.stub.Handshake(provider_pb2.ProviderHandshakeRequest()).accept_secrets
    with pytest.raises(grpc.RpcError):
        plugin.stub.Construct(provider_pb2.ConstructRequest())


def test_the_process_prints_its_port_and_ends_quietly() -> None:
    command = [sys.executable, "-m", "trimtab.local.awsprovider", "127.0.0.1:1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        assert Plugin.at(port).stub.GetPluginInfo(empty_pb2.Empty()).version == sdk_version()
        process.terminate()
        _, noise = process.communicate(timeout=30)
    assert (process.returncode, noise) == (0, "")
