"""A pod that does not speak to the cluster has no token for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.kinds import TRAIN_JOB, WORKLOADS
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import DEPLOYMENT
from trimtab.rules.workloads import pods_of

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(workload: Resource, _: RuleConfig) -> Messages:
    for pod in pods_of(workload):
        if workload.type == TRAIN_JOB:
            continue  # a training job says no such thing; its runtime does
        asked = pod.spec.has("automountServiceAccountToken")
        # Asked for, under an account of its own, it is a pod that speaks to the cluster on purpose.
        on_purpose = asked and pod.spec.text("serviceAccountName", "default") != "default"
        if pod.spec.flag("automountServiceAccountToken", default=True) and not on_purpose:
            yield "mounts its service account's token"


RULE = ResourceRule(
    id="pod-no-service-token",
    title="Pods mount no service account token that they did not ask for",
    pack="security",
    severity=Severity.LOW,
    types=WORKLOADS,
    why="Code of a model that was tampered with would use the token to look around the cluster.",
    remedy="Do not mount it, or mount one of an account of its own on purpose:",
    code='"automountServiceAccountToken": False',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("CC6.3",)},
    check=check,
    fails=example(resource(DEPLOYMENT, "llm", spec={"template": {"spec": {"containers": [{"name": "vllm"}]}}})),
    passes=example(resource(DEPLOYMENT, "llm", spec={"template": {"spec": {"automountServiceAccountToken": False}}})),
)
