"""Between the engine's analyzer messages and the rules' own types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import analyzer_pb2 as proto

from trimtab.rules.decode import decode_map
from trimtab.rules.port import AnyRule, Enforcement, Severity
from trimtab.rules.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.rules.findings import Finding

LEVELS: Mapping[Enforcement, proto.EnforcementLevel.ValueType] = {
    "advisory": proto.ADVISORY,
    "mandatory": proto.MANDATORY,
    "disabled": proto.DISABLED,
}
SEVERITIES: Mapping[Severity, proto.PolicySeverity.ValueType] = {
    Severity.LOW: proto.POLICY_SEVERITY_LOW,
    Severity.MEDIUM: proto.POLICY_SEVERITY_MEDIUM,
    Severity.HIGH: proto.POLICY_SEVERITY_HIGH,
    Severity.CRITICAL: proto.POLICY_SEVERITY_CRITICAL,
}
SCOPES = {"resource": proto.POLICY_TYPE_RESOURCE, "stack": proto.POLICY_TYPE_STACK}


def declared_resource(request: proto.AnalyzeRequest) -> Resource:
    """A resource as the program declares it, before anything was done."""
    return Resource(
        type=request.type,
        urn=request.urn,
        name=request.name,
        declared=decode_map(MessageToDict(request.properties)),
        parent=request.options.parent,
        provider=request.provider.urn,
        protect=request.options.protect,
    )


def stack_resource(message: proto.AnalyzerResource, declared: Resource | None) -> Resource:
    """A resource as it stands at the end of the run.

    Args:
        message: its outputs and its edges.
        declared: what `Analyze` saw of it; None for what Pulumi only reads, whose outputs are then judged.
    """
    outputs = decode_map(MessageToDict(message.properties))
    return Resource(
        type=message.type,
        urn=message.urn,
        name=message.name,
        declared=outputs if declared is None else declared.declared,
        outputs=outputs,
        id=_text(outputs.get("id")),
        parent=message.parent,
        provider=message.provider.urn,
        protect=message.options.protect,
        external=declared is None,
        dependencies=tuple(message.dependencies),
        property_dependencies={key: tuple(edge.urns) for key, edge in message.propertyDependencies.items()},
    )


def policy_info(rule: AnyRule) -> proto.PolicyInfo:
    """What the engine shows and validates of a rule."""
    schema = rule.config.model_json_schema(by_alias=True)
    return proto.PolicyInfo(
        name=rule.id,
        displayName=rule.title,
        description=rule.title,
        message=rule.why,
        enforcementLevel=LEVELS[rule.enforcement],
        policy_type=SCOPES[rule.scope],
        severity=SEVERITIES[rule.severity],
        remediation_steps=f"{rule.remedy} {rule.code}",
        tags=[f"{framework.value} {item}" for framework, items in rule.frameworks.items() for item in items],
        configSchema=proto.PolicyConfigSchema(
            properties=ParseDict(schema.get("properties", {}), Struct()), required=schema.get("required", [])
        ),
    )


def diagnostic(finding: Finding, pack: str, version: str) -> proto.AnalyzeDiagnostic:
    """A finding for the engine's display; what is waived or not known yet is shown and never stops a run."""
    level = finding.enforcement if finding.counts else "advisory"
    return proto.AnalyzeDiagnostic(
        policyName=finding.rule,
        policyPackName=pack,
        policyPackVersion=version,
        message=_message(finding),
        urn=finding.urn,
        enforcementLevel=LEVELS[level],
        severity=SEVERITIES[finding.severity],
    )


def _message(finding: Finding) -> str:
    if finding.waived is not None:
        waiver = finding.waived
        return f"waived until {waiver.expires} by {waiver.owner} ({waiver.reason}): {finding.message}"
    return f"{finding.message}\nremedy: {finding.remedy}" if finding.counts else finding.message


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
