"""Every queue that may take GPUs says how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.accelerators import is_accelerator
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(queue: Resource, _: RuleConfig) -> Messages:
    for group in queue.props.block("spec").blocks("resourceGroups"):
        covered = [name for name in group.texts("coveredResources") if is_accelerator(name)]
        for flavor in group.blocks("flavors"):
            quotas = {quota.text("name"): quota for quota in flavor.blocks("resources")}
            for name in covered:
                if name not in quotas or not quotas[name].has("nominalQuota"):
                    yield f"flavor {flavor.text('name')} has no nominal quota of {name}"


RULE = ResourceRule(
    id="gpu-queue-has-quota",
    title="Kueue's queues have a quota for each kind of GPU",
    pack="cost",
    severity=Severity.HIGH,
    types=kinds.CLUSTER_QUEUES,
    why="A queue without a number takes nothing, or in a cohort whatever the others leave; either surprises somebody.",
    remedy="Give each flavor a number, 0 where it may only borrow:",
    code='{"name": "nvidia.com/gpu", "nominalQuota": "8", "borrowingLimit": "4"}',
    frameworks={
        Framework.ISO_42001: ("A.4.5",),
        Framework.NIST_AI_RMF: ("MANAGE 2.1",),
        Framework.SOC_2: ("A1.1",),
    },
    check=check,
    fails=example(
        resource(
            kinds.CLUSTER_QUEUES[0],
            "research",
            spec={
                "resourceGroups": [
                    {"coveredResources": ["cpu", "nvidia.com/gpu"], "flavors": [{"name": "h100", "resources": []}]}
                ]
            },
        )
    ),
    passes=example(
        resource(
            kinds.CLUSTER_QUEUES[0],
            "research",
            spec={
                "resourceGroups": [
                    {
                        "coveredResources": ["nvidia.com/gpu"],
                        "flavors": [{"name": "h100", "resources": [{"name": "nvidia.com/gpu", "nominalQuota": "8"}]}],
                    }
                ]
            },
        )
    ),
)
