"""A pod that does not speak to the cluster has no token for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import DEPLOYMENT
from trimtab.rules.workloads import pod_of

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(deployment: Resource, _: RuleConfig) -> Messages:
    if pod_of(deployment).flag("automountServiceAccountToken", default=True):
        yield "mounts its service account's token"


RULE = ResourceRule(
    id="pod-no-service-token",
    title="Deployments of models mount no service account token",
    pack="security",
    severity=Severity.LOW,
    types=(DEPLOYMENT,),
    why="Code of a model that was tampered with would use the token to look around the cluster.",
    remedy="Do not mount it:",
    code='"automountServiceAccountToken": False',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("CC6.3",)},
    check=check,
    fails=example(resource(DEPLOYMENT, "llm", spec={"template": {"spec": {"containers": [{"name": "vllm"}]}}})),
    passes=example(resource(DEPLOYMENT, "llm", spec={"template": {"spec": {"automountServiceAccountToken": False}}})),
)
