"""Every workload and every quota on a cluster has an owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


_OWNED = (*kinds.WORKLOADS, kinds.NAMESPACE, kinds.NODE_POOL, *kinds.CLUSTER_QUEUES, *kinds.LOCAL_QUEUES)


class LabelConfig(RuleConfig):
    """Which labels name the owner."""

    labels: tuple[str, ...] = Field(
        ("trimtab.dev/team", "trimtab.dev/cost-center"), description="Labels that every such object carries."
    )


def check(thing: Resource, config: LabelConfig) -> Messages:
    given = thing.props.block("metadata").block("labels").raw
    missing = [label for label in config.labels if given.get(label) in (None, "")]
    if missing:
        yield f"lacks {', '.join(missing)}"


RULE = ResourceRule(
    id="kubernetes-owner-labels",
    title="Objects on the cluster name their team and cost centre",
    pack="audit",
    severity=Severity.MEDIUM,
    types=_OWNED,
    why="A node's bill is split by the labels of the pods on it; what has none is paid and answered for by nobody.",
    remedy="Label the object:",
    code='metadata={"labels": {"trimtab.dev/team": "fraud-ml", "trimtab.dev/cost-center": "4711"}}',
    frameworks={
        Framework.ISO_42001: ("A.3.2", "A.4.2"),
        Framework.NIST_AI_RMF: ("GOVERN 2.1",),
        Framework.SOC_2: ("CC1.3",),
    },
    config=LabelConfig,
    check=check,
    fails=example(resource(kinds.NAMESPACE, "team", metadata={"labels": {"trimtab.dev/team": "fraud-ml"}})),
    passes=example(
        resource(
            kinds.NAMESPACE,
            "team",
            metadata={"labels": {"trimtab.dev/team": "fraud-ml", "trimtab.dev/cost-center": "4711"}},
        )
    ),
)
