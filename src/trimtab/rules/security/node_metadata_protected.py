"""A pod cannot take its node's credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class HopConfig(RuleConfig):
    """How far an answer may travel."""

    hops: int = Field(1, ge=1, description="Most network hops of an answer; a pod is the second.")


def check(nodes: Resource, config: HopConfig) -> Messages:
    options = nodes.props.block("spec").block("metadataOptions")
    # Karpenter's own defaults are tokens and one hop.
    if options.text("httpTokens", "required") != "required":
        yield "answers requests for credentials without a token (IMDSv1)"
    hops = options.number("httpPutResponseHopLimit", 1)
    if hops > config.hops:
        yield f"answers pods too: its hop limit is {hops:g}"


RULE = ResourceRule(
    id="node-metadata-protected",
    title="Pods cannot read the credentials of Karpenter's nodes",
    pack="security",
    severity=Severity.HIGH,
    types=(kinds.EC2_NODE_CLASS,),
    why="With two hops any pod takes the node's role, which may pull every image and read every volume of the cluster.",
    remedy="Ask for tokens and stop at one hop:",
    code='"metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1}',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SECURITY_HUB: ("EC2.8",),
        Framework.SOC_2: ("CC6.1", "CC6.3"),
    },
    config=HopConfig,
    check=check,
    fails=example(resource(kinds.EC2_NODE_CLASS, "gpu", spec={"metadataOptions": {"httpTokens": "optional"}})),
    passes=example(resource(kinds.EC2_NODE_CLASS, "gpu", spec={"metadataOptions": {"httpTokens": "required"}})),
)
