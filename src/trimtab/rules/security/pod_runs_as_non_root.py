"""Containers do not run as root."""

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
    for pod in pods_of(workload):
        # Absent in a pod that a runtime completes, it is the runtime's to say.
        whole = pod.spec.block("securityContext").flag("runAsNonRoot", default=pod.completed)
        for container in pod.all_containers:
            if not container.block("securityContext").flag("runAsNonRoot", default=whole):
                yield f"container {container.text('name', 'of the model')} may run as root"


RULE = ResourceRule(
    id="pod-runs-as-non-root",
    title="Pods run as a user other than root",
    pack="security",
    severity=Severity.MEDIUM,
    types=WORKLOADS,
    why="A process that escapes its container keeps its user; root is the worst one to keep.",
    remedy="Say so in the pod's security context:",
    code='"securityContext": {"runAsNonRoot": True, "runAsUser": 1000}',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("CC6.3",)},
    check=check,
    fails=example(resource(DEPLOYMENT, "llm", spec={"template": {"spec": {"containers": [{"name": "vllm"}]}}})),
    passes=example(
        resource(
            DEPLOYMENT,
            "llm",
            spec={"template": {"spec": {"securityContext": {"runAsNonRoot": True}, "containers": [{"name": "vllm"}]}}},
        )
    ),
)
