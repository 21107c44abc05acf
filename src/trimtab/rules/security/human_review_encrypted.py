"""What people decided about others is encrypted with a key of the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import FLOW_DEFINITION

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(flow: Resource, _: RuleConfig) -> Messages:
    if not flow.props.block("outputConfig").has("kmsKeyId"):
        yield "reviewers' decisions are not encrypted with a customer managed key"


RULE = ResourceRule(
    id="human-review-encrypted",
    title="Reviewers' decisions are encrypted with a customer managed key",
    pack="security",
    severity=Severity.MEDIUM,
    types=(FLOW_DEFINITION,),
    why="A decision holds the request, the answer and what a person thought of both.",
    remedy="Name a key for the output:",
    code='output_config={"s3_output_path": uri, "kms_key_id": key.arn}',
    frameworks={Framework.EU_AI_ACT: ("10", "15"), Framework.ISO_42001: ("A.4.3",), Framework.SOC_2: ("CC6.1", "C1.1")},
    check=check,
    fails=example(resource(FLOW_DEFINITION, "review", outputConfig={"s3OutputPath": "s3://answers/"})),
    passes=example(
        resource(FLOW_DEFINITION, "review", outputConfig={"s3OutputPath": "s3://answers/", "kmsKeyId": "k"})
    ),
)
