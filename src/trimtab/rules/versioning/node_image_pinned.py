"""New nodes boot the image that was tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(nodes: Resource, _: RuleConfig) -> Messages:
    for term in nodes.props.block("spec").blocks("amiSelectorTerms"):
        alias = term.text("alias")
        if alias and alias.rpartition("@")[2] in ("latest", alias):
            yield f"{term.path}.alias = {alias}: every new node may boot another image"


RULE = ResourceRule(
    id="node-image-pinned",
    title="Karpenter's nodes boot a pinned image",
    pack="versioning",
    severity=Severity.MEDIUM,
    types=(kinds.EC2_NODE_CLASS,),
    why="A driver that comes with tonight's image decides tomorrow whether any GPU pod starts.",
    remedy="Name the image's version, or its id:",
    code='"amiSelectorTerms": [{"alias": "al2023@v20260110"}]',
    frameworks={Framework.ISO_42001: ("A.6.2.5", "A.10.3"), Framework.SOC_2: ("CC8.1",)},
    check=check,
    fails=example(resource(kinds.EC2_NODE_CLASS, "gpu", spec={"amiSelectorTerms": [{"alias": "al2023@latest"}]})),
    passes=example(resource(kinds.EC2_NODE_CLASS, "gpu", spec={"amiSelectorTerms": [{"alias": "al2023@v20260110"}]})),
)
