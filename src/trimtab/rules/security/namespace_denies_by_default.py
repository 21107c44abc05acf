"""In a namespace nothing is reachable but what a policy lets in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, RuleConfig, Severity, StackRule

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props


class PolicyConfig(RuleConfig):
    """Which namespaces are held to it, and in which directions."""

    system: tuple[str, ...] = Field(
        ("kube-system", "kube-public", "kube-node-lease"), description="Namespaces that are the cluster's own."
    )
    directions: tuple[str, ...] = Field(("Ingress",), description="Directions that are closed: Ingress, Egress.")


def check(namespace: Resource, stack: Stack, config: PolicyConfig) -> Messages:
    name = namespace.props.block("metadata").text("name", namespace.name)
    if name in config.system:
        return
    closed: set[str] = set()
    for policy in stack.of(kinds.NETWORK_POLICY):
        if stack.refers(policy, "namespace", namespace, view=policy.props.block("metadata")) or _lies_in(policy, name):
            closed.update(_closes(policy.props.block("spec")))
    missing = [direction for direction in config.directions if direction not in closed]
    if missing:
        yield f"no network policy closes it by default ({', '.join(missing)})"


def _lies_in(policy: Resource, namespace: str) -> bool:
    return policy.props.block("metadata").text("namespace", "default") == namespace


def _closes(spec: Props) -> set[str]:
    """The directions that a policy closes for every pod of its namespace."""
    if spec.has("podSelector") and any(spec.block("podSelector").raw.values()):
        return set()
    # Without a list a policy is about what comes in, and about what goes out where it has rules for that.
    directions = set(spec.texts("policyTypes")) or {"Ingress", *(["Egress"] if spec.has("egress") else [])}
    return {direction for direction in directions if not spec.has(direction.lower())}


RULE = StackRule(
    id="namespace-denies-by-default",
    title="Namespaces deny traffic that no policy allows",
    pack="security",
    severity=Severity.MEDIUM,
    types=(kinds.NAMESPACE,),
    why="Without a policy every pod of the cluster reaches every model, every queue and every database in it.",
    remedy="Close the namespace, then open what is needed:",
    code=(
        'kubernetes.networking.v1.NetworkPolicy("closed", metadata={"namespace": "team"}, '
        'spec={"podSelector": {}, "policyTypes": ["Ingress", "Egress"]})'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SOC_2: ("CC6.1", "CC6.6"),
    },
    config=PolicyConfig,
    check=check,
    fails=example(resource(kinds.NAMESPACE, "team", metadata={"name": "team"})),
    passes=example(
        resource(kinds.NAMESPACE, "team", metadata={"name": "team"}),
        resource(
            kinds.NETWORK_POLICY,
            "closed",
            metadata={"name": "closed", "namespace": "team"},
            spec={"podSelector": {}, "policyTypes": ["Ingress", "Egress"]},
        ),
    ),
)
