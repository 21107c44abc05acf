"""No pod owns its node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.kinds import WORKLOADS
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import DEPLOYMENT
from trimtab.rules.workloads import pod_containers, pods_of

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


_SHARED = ("hostNetwork", "hostPID", "hostIPC")


def check(workload: Resource, _: RuleConfig) -> Messages:
    for container in pod_containers(workload):
        if container.block("securityContext").flag("privileged"):
            yield f"container {container.text('name')} is privileged"
    for pod in pods_of(workload):
        shared = [name for name in _SHARED if pod.spec.flag(name)]
        if shared:
            yield f"shares the node's own {', '.join(shared)}"


RULE = ResourceRule(
    id="pod-not-privileged",
    title="Pods are not privileged",
    pack="security",
    severity=Severity.CRITICAL,
    enforcement="mandatory",
    types=WORKLOADS,
    why="A privileged container is root on the machine, and so in every other pod on it.",
    remedy="Drop the privilege; devices such as GPUs come through device plugins:",
    code='"securityContext": {"privileged": False, "allowPrivilegeEscalation": False}',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SOC_2: ("CC6.1", "CC6.3"),
    },
    check=check,
    fails=example(
        resource(
            DEPLOYMENT, "llm", spec={"template": {"spec": {"hostNetwork": True, "containers": [{"name": "vllm"}]}}}
        )
    ),
    passes=example(resource(DEPLOYMENT, "llm", spec={"template": {"spec": {"containers": [{"name": "vllm"}]}}})),
)
