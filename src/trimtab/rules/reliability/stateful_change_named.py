"""Nothing that holds data goes by the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules import tokens as t
from trimtab.rules.changes import Change
from trimtab.rules.examples import example, urn_of
from trimtab.rules.port import Framework, RuleConfig, Severity, StackRule
from trimtab.spec.stateful import STATEFUL_TYPES

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


class ChangeConfig(RuleConfig):
    """What may go."""

    named: tuple[str, ...] = Field((), description="Names or URNs of resources that may be deleted or replaced now.")
    types: tuple[str, ...] = Field((), description="Types that hold data beside those that the rule knows.")


def check(_root: Resource, stack: Stack, config: ChangeConfig) -> Messages:
    for change in stack.changes:
        holds_data = change.type in STATEFUL_TYPES or change.type in config.types
        if holds_data and change.name not in config.named and change.urn not in config.named:
            why = f" (by a change of {', '.join(change.reasons)})" if change.reasons else ""
            yield f"would {change.kind} {change.name}, {change.type.rsplit(':', 1)[-1]}{why}, and nobody has named it"


RULE = StackRule(
    id="stateful-change-named",
    title="What holds data is deleted or replaced only where it is named",
    pack="reliability",
    severity=Severity.CRITICAL,
    enforcement="mandatory",
    types=(t.STACK,),
    why=(
        "A renamed bucket is an empty bucket: a preview shows it as one line among hundreds. Only a preview tells what"
        " would go, so the rule judges `pulumi preview --json` with `trimtab policy check`; the engine does not tell a"
        " policy pack which operation it plans, so in a pack, and over a state, the rule has nothing to judge."
    ),
    remedy="Take the change back, or name the resource in the rule's settings for this one change:",
    code='{"stateful-change-named": {"named": ["training-data"]}}',
    frameworks={
        Framework.EU_AI_ACT: ("12", "15"),
        Framework.ISO_42001: ("A.6.2.5", "A.7.2"),
        Framework.NIST_AI_RMF: ("MANAGE 2.4",),
        Framework.SOC_2: ("A1.2", "CC8.1"),
    },
    config=ChangeConfig,
    check=check,
    whole=False,
    fails=example(changes=(Change("replace", t.BUCKET, urn_of(t.BUCKET, "training-data"), ("bucket",)),)),
    passes=example(changes=(Change("replace", t.IAM_ROLE, urn_of(t.IAM_ROLE, "trainer"), ("name",)),)),
)
