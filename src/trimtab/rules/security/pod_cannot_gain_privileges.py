"""A process in a container never becomes more than it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import DEPLOYMENT
from trimtab.rules.workloads import pods_of

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(workload: Resource, _: RuleConfig) -> Messages:
    for pod in pods_of(workload):
        if pod.completed:
            continue  # the serving or training runtime's container says it
        for container in pod.all_containers:
            context = container.block("securityContext")
            name = container.text("name")
            if context.flag("allowPrivilegeEscalation", default=True):
                yield f"container {name} may gain privileges"
            if "ALL" not in {drop.upper() for drop in context.block("capabilities").texts("drop")}:
                yield f"container {name} keeps the capabilities that containers begin with"


RULE = ResourceRule(
    id="pod-cannot-gain-privileges",
    title="Containers drop their capabilities and gain no privileges",
    pack="security",
    severity=Severity.MEDIUM,
    types=kinds.WORKLOADS,
    why="A model file may run code when it is loaded; what that code may become is decided here.",
    remedy="Drop what is not needed, and forbid to gain more:",
    code='"securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SOC_2: ("CC6.1", "CC6.3"),
    },
    check=check,
    fails=example(resource(DEPLOYMENT, "llm", spec={"template": {"spec": {"containers": [{"name": "vllm"}]}}})),
    passes=example(
        resource(
            DEPLOYMENT,
            "llm",
            spec={
                "template": {
                    "spec": {
                        "containers": [
                            {
                                "name": "vllm",
                                "securityContext": {
                                    "allowPrivilegeEscalation": False,
                                    "capabilities": {"drop": ["ALL"]},
                                },
                            }
                        ]
                    }
                }
            },
        )
    ),
)
