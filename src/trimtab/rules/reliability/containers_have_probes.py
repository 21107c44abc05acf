"""Traffic goes to pods that are ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import DEPLOYMENT, STATEFUL_SET
from trimtab.rules.workloads import pods_of

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(workload: Resource, _: RuleConfig) -> Messages:
    for container in (container for pod in pods_of(workload) for container in pod.containers):
        if not container.has("readinessProbe"):
            yield f"container {container.text('name')} has no readiness probe"


RULE = ResourceRule(
    id="containers-have-probes",
    title="Containers of deployments have a readiness probe",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(DEPLOYMENT, STATEFUL_SET),
    why="A model takes minutes to load; without a probe it gets requests from the first second.",
    remedy="Say when the container is ready:",
    code='"readinessProbe": {"httpGet": {"path": "/health", "port": 8080}}',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("A1.1",)},
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
                            {"name": "vllm", "readinessProbe": {"httpGet": {"path": "/health", "port": 8000}}}
                        ]
                    }
                }
            },
        )
    ),
)
