"""A policy pack as the engine runs it: a process of its own that is spoken to by gRPC."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grpc
from google.protobuf.json_format import ParseDict
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import analyzer_pb2 as proto
from pulumi.runtime.proto import analyzer_pb2_grpc

from tests.rules.states import encode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trimtab.rules.resource import Resource

PACKS = Path(__file__).parents[3] / "policies"
# No engine listens there; a pack never calls back.
NO_ENGINE = "127.0.0.1:1"
Seen = tuple[str, str, str]


@dataclass(frozen=True)
class PackProcess:
    """A running pack."""

    process: subprocess.Popen[str]
    stub: Any

    def findings(self, resources: Sequence[Resource]) -> set[Seen]:
        """Rule, resource and text of everything that the pack says about a stack."""
        said = []
        for resource in resources:
            if resource.type != "pulumi:pulumi:Stack":
                said += self.stub.Analyze(_declared(resource)).diagnostics
        stack = proto.AnalyzeStackRequest(resources=[_deployed(resource) for resource in resources])
        said += self.stub.AnalyzeStack(stack).diagnostics
        return {(item.policyName, item.urn, item.message.split("\nremedy: ")[0]) for item in said}


def start(pack: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> PackProcess:
    """Start a pack the way the language host does; by name, or a folder."""
    folder = PACKS / pack
    command = [sys.executable, "-u", "-m", "pulumi.policy", NO_ENGINE, str(folder)]
    process = subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    port = process.stdout.readline().strip()
    channel = grpc.insecure_channel(f"127.0.0.1:{port}")
    return PackProcess(process, analyzer_pb2_grpc.AnalyzerStub(channel))


def stop(pack: PackProcess) -> int:
    """End it as the engine does, and give its exit code."""
    pack.process.terminate()
    code = pack.process.wait(timeout=30)
    assert pack.process.stdout is not None
    pack.process.stdout.close()
    return code


def _struct(values: Mapping[str, Any]) -> Struct:
    return ParseDict(encode(dict(values)), Struct())


def _declared(resource: Resource) -> proto.AnalyzeRequest:
    return proto.AnalyzeRequest(
        type=resource.type, urn=resource.urn, name=resource.name, properties=_struct(resource.declared)
    )


def _deployed(resource: Resource) -> proto.AnalyzerResource:
    edges = {key: proto.AnalyzerPropertyDependencies(urns=urns) for key, urns in resource.property_dependencies.items()}
    return proto.AnalyzerResource(
        type=resource.type,
        urn=resource.urn,
        name=resource.name,
        properties=_struct(resource.outputs),
        parent=resource.parent,
        dependencies=resource.dependencies,
        propertyDependencies=edges,
    )
