"""The analyzer that the engine calls: once a resource as it is declared, once a stack at the end."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import MessageToDict
from pulumi.runtime.proto import analyzer_pb2 as proto
from pulumi.runtime.proto import analyzer_pb2_grpc, plugin_pb2

from trimtab.rules.check import RuleSet, default_settings
from trimtab.rules.decode import decode_map
from trimtab.rules.runtime.messages import (
    LEVELS,
    declared_resource,
    diagnostic,
    policy_info,
    stack_resource,
)
from trimtab.rules.settings import settings_from
from trimtab.rules.stack import Stack
from trimtab.rules.waivers import WaiverFile, mark_waived, stale_waivers
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from trimtab.rules.findings import Finding
    from trimtab.rules.port import AnyRule
    from trimtab.rules.resource import Resource


class Analyzer(analyzer_pb2_grpc.AnalyzerServicer):
    """A policy pack made of rules.

    Args:
        pack: the pack's name.
        version: trimtab's version.
        rules: the rules of the pack.
        waivers: what was waived, already limited to these rules.
        today: the day that waivers are held against; today in UTC if left out.
    """

    def __init__(
        self,
        pack: str,
        version: str,
        rules: Sequence[AnyRule],
        waivers: WaiverFile | None,
        today: date | None = None,
    ) -> None:
        self._pack = pack
        self._version = version
        self._rules = rules
        self._waivers = waivers
        self._today = today or datetime.now(tz=UTC).date()
        self._rule_set = RuleSet(rules, default_settings(rules))
        self._declared: dict[str, Resource] = {}
        self._found: list[Finding] = []

    def GetPluginInfo(self, _request: Empty, _context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:  # noqa: N802
        return plugin_pb2.PluginInfo(version=self._version)

    def Handshake(  # noqa: N802
        self, _request: proto.AnalyzerHandshakeRequest, _context: grpc.ServicerContext
    ) -> proto.AnalyzerHandshakeResponse:
        return proto.AnalyzerHandshakeResponse()

    def ConfigureStack(  # noqa: N802
        self, _request: proto.AnalyzerStackConfigureRequest, _context: grpc.ServicerContext
    ) -> proto.AnalyzerStackConfigureResponse:
        return proto.AnalyzerStackConfigureResponse()

    def Cancel(self, _request: Empty, _context: grpc.ServicerContext) -> Empty:  # noqa: N802
        return Empty()

    def GetAnalyzerInfo(self, _request: Empty, _context: grpc.ServicerContext) -> proto.AnalyzerInfo:  # noqa: N802
        return self._info

    @cached_property
    def _info(self) -> proto.AnalyzerInfo:
        return proto.AnalyzerInfo(
            name=self._pack,
            displayName=self._pack,
            version=self._version,
            supportsConfig=True,
            policies=[policy_info(rule) for rule in self._rules],
        )

    def Configure(self, request: proto.ConfigureAnalyzerRequest, context: grpc.ServicerContext) -> Empty:  # noqa: N802
        names = {number: name for name, number in LEVELS.items()}
        document = {
            rule: {
                **decode_map(MessageToDict(config.properties)),
                # A rule has no automatic remedy, so the level `remediate` means what the engine makes of it: mandatory.
                "enforcementLevel": names.get(config.enforcementLevel, "mandatory"),
            }
            for rule, config in request.policyConfig.items()
        }
        try:
            self._rule_set = RuleSet(self._rules, settings_from(document, self._rules, f"pack {self._pack}"))
        except UserError as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        return Empty()

    def Remediate(self, _request: proto.AnalyzeRequest, _context: grpc.ServicerContext) -> proto.RemediateResponse:  # noqa: N802
        return proto.RemediateResponse()

    def Analyze(self, request: proto.AnalyzeRequest, _context: grpc.ServicerContext) -> proto.AnalyzeResponse:  # noqa: N802
        resource = declared_resource(request)
        self._declared[resource.urn] = resource
        return self._answer(self._rule_set.check_resource(resource))

    def AnalyzeStack(  # noqa: N802
        self, request: proto.AnalyzeStackRequest, _context: grpc.ServicerContext
    ) -> proto.AnalyzeResponse:
        resources = (stack_resource(message, self._declared.get(message.urn)) for message in request.resources)
        answer = self._answer(self._rule_set.check_stack(Stack(tuple(resources))))
        if self._waivers:
            stale = stale_waivers(self._found, self._waivers, self._today)
            answer.diagnostics.extend(diagnostic(finding, self._pack, self._version) for finding in stale)
        return answer

    def _answer(self, found: list[Finding]) -> proto.AnalyzeResponse:
        self._found += found
        marked = mark_waived(found, self._waivers, self._today)
        return proto.AnalyzeResponse(diagnostics=[diagnostic(finding, self._pack, self._version) for finding in marked])
