"""A person, not a pipeline, approves a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_PIPELINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


_KEY = "ModelApprovalStatus"


def check(pipeline: Resource, _: RuleConfig) -> Messages:
    for status in _statuses(pipeline.props.document("pipelineDefinition").raw):
        if status == "Approved":
            yield "a step registers its model as Approved"


def _statuses(node: object) -> Iterator[object]:
    if isinstance(node, Mapping):
        if _KEY in node:
            yield node[_KEY]
        for value in node.values():
            yield from _statuses(value)
    elif isinstance(node, list):
        for item in node:
            yield from _statuses(item)


RULE = ResourceRule(
    id="model-approval-manual",
    title="Pipelines register models for manual approval",
    pack="audit",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(SAGEMAKER_PIPELINE,),
    why="A pipeline that approves its own models puts them into service without anyone having looked.",
    remedy="Register the model as pending:",
    code='"ModelApprovalStatus": "PendingManualApproval"',
    frameworks={
        Framework.EU_AI_ACT: ("9", "14"),
        Framework.ISO_42001: ("A.6.2.4", "A.6.2.5"),
        Framework.NIST_AI_RMF: ("MANAGE 1.1", "MAP 3.5"),
        Framework.SOC_2: ("CC8.1",),
    },
    check=check,
    fails=example(
        resource(
            SAGEMAKER_PIPELINE,
            "retrain",
            pipelineDefinition='{"Steps": [{"Arguments": {"ModelApprovalStatus": "Approved"}}]}',
        )
    ),
    passes=example(
        resource(
            SAGEMAKER_PIPELINE,
            "retrain",
            pipelineDefinition='{"Steps": [{"Arguments": {"ModelApprovalStatus": "PendingManualApproval"}}]}',
        )
    ),
)
