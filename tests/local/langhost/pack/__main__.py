"""A policy pack of one mandatory rule: no component may be named `forbidden`."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc, plugin_pb2

PACK, VERSION, RULE = "one-rule", "1.2.3", "no-forbidden-name"


class OneRule(analyzer_pb2_grpc.AnalyzerServicer):
    def GetPluginInfo(self, request: Any, context: Any) -> Any:  # noqa: N802, ARG002  # the protocol's name
        return plugin_pb2.PluginInfo(version=VERSION)

    def GetAnalyzerInfo(self, request: Any, context: Any) -> Any:  # noqa: N802, ARG002  # the protocol's name
        rule = analyzer_pb2.PolicyInfo(name=RULE, description="a name", enforcementLevel=analyzer_pb2.MANDATORY)
        return analyzer_pb2.AnalyzerInfo(name=PACK, version=VERSION, policies=[rule])

    def Handshake(self, request: Any, context: Any) -> Any:  # noqa: N802, ARG002  # the protocol's name
        return analyzer_pb2.AnalyzerHandshakeResponse()

    def Configure(self, request: Any, context: Any) -> Any:  # noqa: N802, ARG002  # the protocol's name
        return empty_pb2.Empty()

    def ConfigureStack(self, request: Any, context: Any) -> Any:  # noqa: N802, ARG002  # the protocol's name
        return analyzer_pb2.AnalyzerStackConfigureResponse()

    def AnalyzeStack(self, request: Any, context: Any) -> Any:  # noqa: N802, ARG002  # the protocol's name
        return analyzer_pb2.AnalyzeResponse()

    def Analyze(self, request: Any, context: Any) -> Any:  # noqa: N802, ARG002  # the protocol's name
        if request.name != "forbidden":
            return analyzer_pb2.AnalyzeResponse()
        found = analyzer_pb2.AnalyzeDiagnostic(
            policyName=RULE,
            policyPackName=PACK,
            policyPackVersion=VERSION,
            message="this name is taken",
            urn=request.urn,
            enforcementLevel=analyzer_pb2.MANDATORY,
        )
        return analyzer_pb2.AnalyzeResponse(diagnostics=[found])


server = grpc.server(ThreadPoolExecutor(4))
analyzer_pb2_grpc.add_AnalyzerServicer_to_server(OneRule(), server)
port = server.add_insecure_port("127.0.0.1:0")
server.start()
sys.stdout.write(f"{port}\n")
sys.stdout.flush()
sys.stderr.write("the pack speaks\n")
server.wait_for_termination()
