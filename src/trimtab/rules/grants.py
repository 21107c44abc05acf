"""What a role may do to a resource, by the policies that a stack gives it."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from trimtab.rules.iam import Statement, statements
from trimtab.rules.tokens import (
    DYNAMODB_TABLE,
    FLOW_DEFINITION,
    IAM_ROLE,
    SAGEMAKER_ENDPOINT,
    SAGEMAKER_FEATURE_GROUP,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props

_INLINE = "aws:iam/rolePolicy:RolePolicy"
_MANAGED = "aws:iam/policy:Policy"
_ATTACHMENTS = ("aws:iam/rolePolicyAttachment:RolePolicyAttachment",)
# AWS's own policies that open whole services.
_WHOLE = {
    "AdministratorAccess": "*",
    "PowerUserAccess": "*",
    "AmazonDynamoDBFullAccess": "dynamodb:*",
    "AmazonDynamoDBReadOnlyAccess": "dynamodb:*",
    "AmazonSageMakerFullAccess": "sagemaker:*",
    "AmazonSageMakerFeatureStoreAccess": "sagemaker:*",
}


def roles_of(holder: Resource, name: str, stack: Stack, view: Props | None = None) -> list[Resource]:
    """The roles of the stack that a property names."""
    return stack.referred(holder, name, (IAM_ROLE,), view=view)


def granted(role: Resource, target: Resource, actions: Sequence[str], stack: Stack) -> str:
    """The action of a policy of `role` that allows one of `actions` on `target`; empty where none does.

    Raises:
        Undecidable: a policy is not known yet, and no known one allows it.
    """
    for attachment in stack.referring(_ATTACHMENTS, "role", role):
        for value in attachment.props.values("policyArn"):
            action = _WHOLE.get(str(value).rsplit("/", 1)[-1], "")
            if action and _covers(action, actions):
                return action
    return next((action for found in _documents(role, stack) if (action := _allows(found, target, actions, stack))), "")


@dataclass(frozen=True)
class _Found:
    """A policy document, and the resource and property that hold it."""

    document: Props
    holder: Resource
    top: str


def _documents(role: Resource, stack: Stack) -> Iterator[_Found]:
    for attachment in stack.referring(_ATTACHMENTS, "role", role):
        for policy in stack.referred(attachment, "policyArn", (_MANAGED,)):
            yield _Found(policy.props.document("policy"), policy, "policy")
    for inline in stack.referring((_INLINE,), "role", role):
        yield _Found(inline.props.document("policy"), inline, "policy")
    for view in role.props.blocks("inlinePolicies"):
        yield _Found(view.document("policy"), role, "inlinePolicies")


def _allows(found: _Found, target: Resource, actions: Sequence[str], stack: Stack) -> str:
    for statement in statements(found.document):
        if not statement.allows or not _reaches(found, statement, target, stack):
            continue
        for action in statement.actions:
            if _covers(action, actions):
                return action
    return ""


def _reaches(found: _Found, statement: Statement, target: Resource, stack: Stack) -> bool:
    patterns = statement.view.values("Resource")
    if any(isinstance(pattern, str) and _matches(pattern, target) for pattern in patterns):
        return True
    return stack.names(found.holder, patterns, target, top=found.top, at=f"{found.top} Resource")


def _matches(pattern: str, target: Resource) -> bool:
    """Whether a pattern with stars is about the target: everything, all of its kind, or what spells its name."""
    if pattern == "*":
        return True
    kind, _, name = pattern.split(":", _PARTS)[-1].partition("/")
    if not fnmatchcase(_KINDS.get(target.type, ""), kind):
        return False
    return name in ("", "*") or any(fnmatchcase(identity, name) for identity in target.identities)


# arn:aws:SERVICE:REGION:ACCOUNT:KIND/NAME
_PARTS = 5
_KINDS = {
    SAGEMAKER_FEATURE_GROUP: "feature-group",
    DYNAMODB_TABLE: "table",
    SAGEMAKER_ENDPOINT: "endpoint",
    FLOW_DEFINITION: "flow-definition",
}


def _covers(pattern: str, actions: Iterable[str]) -> bool:
    return any(fnmatchcase(action.lower(), pattern.lower()) for action in actions)
