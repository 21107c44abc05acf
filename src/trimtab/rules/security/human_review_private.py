"""Only people of one's own see what a model decides on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import FLOW_DEFINITION

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource

_PUBLIC = ":workteam/public-crowd/"


def check(flow: Resource, _: RuleConfig) -> Messages:
    if _PUBLIC in flow.props.block("humanLoopConfig").text("workteamArn"):
        yield "its tasks go to the public workforce"


_TEAM = "arn:aws:sagemaker:eu-west-1:123456789012:workteam/private-crowd/fraud"
_CROWD = "arn:aws:sagemaker:eu-west-1:394669845002:workteam/public-crowd/default"

RULE = ResourceRule(
    id="human-review-private",
    title="Reviews are done by a private work team",
    pack="security",
    severity=Severity.HIGH,
    types=(FLOW_DEFINITION,),
    why="On the public workforce, strangers read the requests of one's customers.",
    remedy="Name a private work team:",
    code='human_loop_config={"workteam_arn": team.arn, **task}',
    frameworks={
        Framework.EU_AI_ACT: ("10", "14", "26(2)"),
        Framework.ISO_42001: ("A.9.2", "A.10.3"),
        Framework.SOC_2: ("CC6.1", "C1.1"),
    },
    check=check,
    fails=example(resource(FLOW_DEFINITION, "review", humanLoopConfig={"workteamArn": _CROWD})),
    passes=example(resource(FLOW_DEFINITION, "review", humanLoopConfig={"workteamArn": _TEAM})),
)
