"""A container gets the GPUs that it names, no more and no fewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.accelerators import gpu_amounts
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import DEPLOYMENT
from trimtab.rules.workloads import pod_containers

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(workload: Resource, _: RuleConfig) -> Messages:
    for container in pod_containers(workload):
        resources = container.block("resources")
        limits, requests = gpu_amounts(resources, "limits"), gpu_amounts(resources, "requests")
        name = container.text("name", "of the model")
        for gpu, amount in requests.items():
            if limits.get(gpu) != amount:
                yield f"container {name} requests {amount} {gpu}, and its limit is {limits.get(gpu, 'none')}"
        for gpu, amount in limits.items():
            if not amount.isdigit():
                yield f"container {name} asks for {amount} {gpu}, which is not a whole number"


RULE = ResourceRule(
    id="gpu-request-equals-limit",
    title="Containers ask for the GPUs that they are limited to",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=kinds.WORKLOADS,
    why="GPUs cannot be overcommitted: the server refuses a pod whose request differs, when it starts and not before.",
    remedy="Name the same whole number in both, or in the limits alone:",
    code='"resources": {"limits": {"nvidia.com/gpu": "1"}, "requests": {"nvidia.com/gpu": "1"}}',
    frameworks={Framework.ISO_42001: ("A.4.5",), Framework.SOC_2: ("A1.1",)},
    check=check,
    fails=example(
        resource(
            DEPLOYMENT,
            "llm",
            spec={
                "template": {
                    "spec": {"containers": [{"name": "vllm", "resources": {"requests": {"nvidia.com/gpu": "1"}}}]}
                }
            },
        )
    ),
    passes=example(
        resource(
            DEPLOYMENT,
            "llm",
            spec={
                "template": {
                    "spec": {"containers": [{"name": "vllm", "resources": {"limits": {"nvidia.com/gpu": "1"}}}]}
                }
            },
        )
    ),
)
