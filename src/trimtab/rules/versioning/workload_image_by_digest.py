"""Images of Kubernetes workloads are named by digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.kinds import WORKLOADS
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import DEPLOYMENT
from trimtab.rules.workloads import pod_containers

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(workload: Resource, _: RuleConfig) -> Messages:
    for container in pod_containers(workload):
        image = container.text("image")
        if image and "@sha256:" not in image:
            yield f"{container.path}.image = {image} is a tag, not a digest"


RULE = ResourceRule(
    id="workload-image-by-digest",
    title="Kubernetes workloads name their images by digest",
    pack="versioning",
    severity=Severity.MEDIUM,
    types=WORKLOADS,
    why=(
        "A restarted pod pulls whatever its tag points to then, so two replicas of one deployment may"
        " run different code."
    ),
    remedy="Name each image by its digest:",
    code='"image": f"{repository}@sha256:{digest}"',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.ISO_42001: ("A.6.2.5",),
        Framework.NIST_AI_RMF: ("MAP 4.1",),
        Framework.SOC_2: ("CC8.1",),
    },
    check=check,
    fails=example(
        resource(
            DEPLOYMENT,
            "llm",
            spec={"template": {"spec": {"containers": [{"name": "vllm", "image": "vllm/vllm-openai:v0.9"}]}}},
        )
    ),
    passes=example(
        resource(
            DEPLOYMENT,
            "llm",
            spec={
                "template": {"spec": {"containers": [{"name": "vllm", "image": "vllm/vllm-openai@sha256:" + "b" * 64}]}}
            },
        )
    ),
)
