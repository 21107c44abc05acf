"""Nothing that answers the internet reaches the feature store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules import tokens as t
from trimtab.rules.examples import example, resource
from trimtab.rules.exposure import FUNCTION, FUNCTION_URL, Exposed, exposed
from trimtab.rules.grants import granted, roles_of
from trimtab.rules.port import Framework, RuleConfig, Severity, StackRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props

_WORLD = frozenset({"0.0.0.0/0", "::/0"})
# What reads or writes rows, by the kind of store.
_ACTIONS: Mapping[str, tuple[str, ...]] = {
    t.SAGEMAKER_FEATURE_GROUP: ("sagemaker:GetRecord", "sagemaker:BatchGetRecord", "sagemaker:PutRecord"),
    t.DYNAMODB_TABLE: (
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:Scan",
        "dynamodb:PutItem",
    ),
    t.CACHE_GROUP: (),
}


class StoreConfig(RuleConfig):
    """Which tables and caches hold features."""

    pattern: str = Field(
        "feature|feast|online", description="Expression that the name of a table or cache with features matches."
    )


def check(store: Resource, stack: Stack, config: StoreConfig) -> Messages:
    if not _holds_features(store, config):
        return
    yield from _open_to_everybody(store, stack)
    for one in exposed(stack):
        action = next(_by_role(one, store, stack), "")
        if action:
            yield f"{one.resource.name} answers the internet ({one.how}) and may {action} on it"
        elif _by_network(one, store, stack):
            yield f"{one.resource.name} answers the internet ({one.how}) and may connect to it"


def _holds_features(store: Resource, config: StoreConfig) -> bool:
    if store.type == t.SAGEMAKER_FEATURE_GROUP:
        return True
    names = [store.name, *(str(store.declared.get(key, "")) for key in ("name", "replicationGroupId"))]
    return any(re.search(config.pattern, name, re.IGNORECASE) for name in names)


def _by_role(one: Exposed, store: Resource, stack: Stack) -> Iterator[str]:
    if _ACTIONS[store.type]:
        for role in roles_of(one.holder, one.role, stack, one.view):
            yield granted(role, store, _ACTIONS[store.type], stack)


def _open_to_everybody(store: Resource, stack: Stack) -> Messages:
    for group in stack.referred(store, "securityGroupIds", (t.SECURITY_GROUP,)):
        for _, rule in _ingress(group, stack):
            if _WORLD & {cidr for name in _CIDRS for cidr in rule.texts(name)}:
                yield f"security group {group.name} lets the whole internet in"


def _by_network(one: Exposed, store: Resource, stack: Stack) -> bool:
    """Whether a security group of the store lets in one of what answers the internet."""
    if one.groups is None:
        return False
    name, view = one.groups
    holder = one.network or one.resource
    sources = stack.referred(holder, name, (t.SECURITY_GROUP,), view=view if view.path else None)
    for group in stack.referred(store, "securityGroupIds", (t.SECURITY_GROUP,)):
        for owner, rule in _ingress(group, stack):
            for source in sources:
                inside = rule if rule.path else None
                if any(stack.refers(owner, field, source, view=inside) for field in _PEERS):
                    return True
    return False


_CIDRS = ("cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6")
_PEERS = ("securityGroups", "referencedSecurityGroupId", "sourceSecurityGroupId")


def _ingress(group: Resource, stack: Stack) -> Iterator[tuple[Resource, Props]]:
    """The rules that let something into a group, with the resource that holds each."""
    yield from ((group, rule) for rule in group.props.blocks("ingress"))
    for rule in stack.referring((t.INGRESS_RULE, t.SECURITY_GROUP_RULE), "securityGroupId", group):
        if rule.type == t.INGRESS_RULE or rule.props.text("type") == "ingress":
            yield rule, rule.props


_ROLE = resource(t.IAM_ROLE, "api", name="api")
_GROUP = resource(t.SAGEMAKER_FEATURE_GROUP, "cards", featureGroupName="cards")
_GRANT = resource(
    "aws:iam/rolePolicy:RolePolicy",
    "api",
    role="api",
    policy='{"Statement": [{"Effect": "Allow", "Action": "sagemaker:GetRecord", "Resource": "*"}]}',
)
_FUNCTION = resource(FUNCTION, "api", name="api", role="api")

RULE = StackRule(
    id="feature-store-not-exposed",
    title="Nothing that answers the internet reaches the feature store",
    pack="security",
    severity=Severity.HIGH,
    types=tuple(_ACTIONS),
    why="Whoever breaks the one service that the internet sees must not find every customer's features behind it.",
    remedy="Put a service of its own between them, or ask callers who they are:",
    code='aws.lambda_.FunctionUrl("api", function_name=function.name, authorization_type="AWS_IAM")',
    frameworks={
        Framework.EU_AI_ACT: ("10", "15"),
        Framework.ISO_42001: ("A.7.2",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7", "MEASURE 2.10"),
        Framework.SOC_2: ("CC6.1", "CC6.6"),
    },
    config=StoreConfig,
    check=check,
    fails=example(
        _GROUP,
        _FUNCTION,
        resource(FUNCTION_URL, "api", functionName="api", authorizationType="NONE"),
        _ROLE,
        _GRANT,
    ),
    passes=example(
        _GROUP,
        _FUNCTION,
        resource(FUNCTION_URL, "api", functionName="api", authorizationType="AWS_IAM"),
        _ROLE,
        _GRANT,
    ),
)
