"""Everything that costs money or holds data has an owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.production import tags_of
from trimtab.rules.tokens import BUCKET, OWNED

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class OwnerConfig(RuleConfig):
    """Which tags name the owner."""

    tags: tuple[str, ...] = Field(("Team", "CostCenter"), description="Tags that every such resource carries.")


def check(thing: Resource, config: OwnerConfig) -> Messages:
    missing = [tag for tag in config.tags if tags_of(thing).get(tag) in (None, "")]
    if missing:
        yield f"lacks {', '.join(missing)}"


RULE = ResourceRule(
    id="owner-tags",
    title="Resources name their team and cost centre",
    pack="audit",
    severity=Severity.MEDIUM,
    types=OWNED,
    why="An alarm, a bill or a question about data needs a person who answers for the resource.",
    remedy="Tag the resource:",
    code='tags={"Team": "fraud-ml", "CostCenter": "4711"}',
    frameworks={
        Framework.ISO_42001: ("A.3.2", "A.4.2"),
        Framework.NIST_AI_RMF: ("GOVERN 2.1",),
        Framework.SOC_2: ("CC1.3",),
    },
    config=OwnerConfig,
    check=check,
    fails=example(resource(BUCKET, "data", tags={"Team": "fraud-ml"})),
    passes=example(resource(BUCKET, "data", tags={"Team": "fraud-ml", "CostCenter": "4711"})),
)
