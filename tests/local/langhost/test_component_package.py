"""A package of components that is written in Python, run for programs of any language."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, provider_pb2, provider_pb2_grpc

from tests.support.waiting import wait_for_child, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = """
from typing import TypedDict
import pulumi
from pulumi.provider.experimental import component_provider_host

class ShelfArgs(TypedDict):
    width: pulumi.Input[int]

class Shelf(pulumi.ComponentResource):
    width: pulumi.Output[int]

    def __init__(self, name: str, args: ShelfArgs, opts: pulumi.ResourceOptions | None = None):
        super().__init__("shop:index:Shelf", name, {}, opts)
        self.width = pulumi.Output.from_input(args["width"])
        self.register_outputs({"width": self.width})

component_provider_host(name="shop", components=[Shelf])
"""


@pytest.fixture
def host() -> Iterator[language_pb2_grpc.LanguageRuntimeStub]:
    """A language host in a process of its own, without an engine."""
    command = [sys.executable, "-m", "trimtab.local.langhost", "--exec-script", "none", "127.0.0.1:1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        with grpc.insecure_channel(f"127.0.0.1:{process.stdout.readline().strip()}") as channel:
            yield language_pb2_grpc.LanguageRuntimeStub(channel)
        process.terminate()
    assert process.returncode == 0


def request_for(folder: Path, program: str) -> language_pb2.RunPluginRequest:
    (folder / "__main__.py").write_text(program, encoding="utf-8")
    info = language_pb2.ProgramInfo(root_directory=str(folder), program_directory=str(folder), entry_point=".")
    env = [f"{name}={value}" for name, value in os.environ.items()]
    return language_pb2.RunPluginRequest(pwd=str(folder), args=["127.0.0.1:1"], env=env, info=info, kind="resource")


def test_a_package_serves_its_schema_and_ends_with_its_call(
    host: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    call = host.RunPlugin(request_for(tmp_path, PACKAGE))
    port = next(answer.stdout for answer in call if answer.WhichOneof("output") == "stdout").decode().strip()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        provider = provider_pb2_grpc.ResourceProviderStub(channel)
        schema = json.loads(provider.GetSchema(provider_pb2.GetSchemaRequest()).schema)
    assert schema["resources"]["shop:index:Shelf"]["inputProperties"]["width"]["type"] == "integer"
    package = wait_for_child(os.getpid(), str(tmp_path))
    call.cancel()
    wait_until(lambda: not package.is_running(), "the package to end with its call")


def test_both_streams_and_the_exit_code_reach_the_engine(
    host: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    program = "import sys\nprint('to out', sys.argv[1])\nprint('to err', file=sys.stderr)\nsys.exit(7)\n"
    answers = list(host.RunPlugin(request_for(tmp_path, program)))
    assert b"".join(answer.stdout for answer in answers) == b"to out 127.0.0.1:1\n"
    assert b"".join(answer.stderr for answer in answers) == b"to err\n"
    assert answers[-1].exitcode == 7


def test_cancel_ends_what_runs(host: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path) -> None:
    call = host.RunPlugin(request_for(tmp_path, "import time\nprint('up')\ntime.sleep(600)\n"))
    assert next(iter(call)).stdout.startswith(b"up")
    host.Cancel(empty_pb2.Empty())
    assert [answer.exitcode for answer in call if answer.WhichOneof("output") == "exitcode"] == [-15]


def test_calls_that_are_not_answered_are_unimplemented(host: language_pb2_grpc.LanguageRuntimeStub) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        host.GenerateProgram(language_pb2.GenerateProgramRequest())
    assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED
