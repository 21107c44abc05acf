"""The scheduler knows what a container needs."""

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


_NEEDED = ("cpu", "memory")


def check(workload: Resource, _: RuleConfig) -> Messages:
    for pod in pods_of(workload):
        for container in pod.containers:
            if workload.type == TRAIN_JOB and not container.has("resources"):
                continue  # the runtime's container says it
            resources = container.block("resources")
            # A limit is also the request where none is given.
            given = resources.keys("requests") | resources.keys("limits")
            missing = [name for name in _NEEDED if name not in given]
            if missing:
                yield f"container {container.text('name', 'of the model')} requests no {' and no '.join(missing)}"


RULE = ResourceRule(
    id="containers-have-requests",
    title="Containers request CPU and memory",
    pack="cost",
    severity=Severity.MEDIUM,
    types=WORKLOADS,
    why="Without requests nodes are packed by guesswork, and nobody can say what a workload costs.",
    remedy="Request what it uses:",
    code='"resources": {"requests": {"cpu": "4", "memory": "16Gi"}, "limits": {"nvidia.com/gpu": "1"}}',
    frameworks={Framework.ISO_42001: ("A.4.5",), Framework.SOC_2: ("A1.1",)},
    check=check,
    fails=example(resource(DEPLOYMENT, "llm", spec={"template": {"spec": {"containers": [{"name": "vllm"}]}}})),
    passes=example(
        resource(
            DEPLOYMENT,
            "llm",
            spec={
                "template": {
                    "spec": {
                        "containers": [{"name": "vllm", "resources": {"requests": {"cpu": "4", "memory": "16Gi"}}}]
                    }
                }
            },
        )
    ),
)
