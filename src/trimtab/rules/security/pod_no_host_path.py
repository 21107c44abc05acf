"""No pod reads its node's disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.kinds import WORKLOADS
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import DEPLOYMENT
from trimtab.rules.workloads import pods_of

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(workload: Resource, _: RuleConfig) -> Messages:
    for volume in (volume for pod in pods_of(workload) for volume in pod.spec.blocks("volumes")):
        if volume.has("hostPath"):
            yield f"volume {volume.text('name')} is {volume.block('hostPath').text('path')} of the node"


RULE = ResourceRule(
    id="pod-no-host-path",
    title="Pods mount no paths of their node",
    pack="security",
    severity=Severity.HIGH,
    types=WORKLOADS,
    why="A mounted path of the node is a way to its credentials, and to every other pod's data.",
    remedy="Use a claim, or an empty directory:",
    code='"volumes": [{"name": "cache", "emptyDir": {}}]',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.NIST_AI_RMF: ("MEASURE 2.7",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(
        resource(
            DEPLOYMENT, "llm", spec={"template": {"spec": {"volumes": [{"name": "root", "hostPath": {"path": "/"}}]}}}
        )
    ),
    passes=example(
        resource(DEPLOYMENT, "llm", spec={"template": {"spec": {"volumes": [{"name": "cache", "emptyDir": {}}]}}})
    ),
)
