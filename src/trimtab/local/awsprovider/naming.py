"""Names for resources that were given none: `<logical name>-<7 hex digits>`, as the real provider has them."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class NameRule:
    """How a type is named.

    Attributes:
        property: the input that holds the name.
        longest: the cloud's limit, in characters.
        lower: whether capitals are refused.
        prefix: what every name must begin with.
        prefix_property: the input that, where given, makes the name the cloud's business.
    """

    property: str = "name"
    longest: int = 255
    lower: bool = False
    prefix: str = ""
    prefix_property: str = "namePrefix"


_DEFAULT: Final = NameRule()
_BUCKET: Final = NameRule("bucket", longest=63, lower=True, prefix_property="bucketPrefix")
# Limits are those of each service's API reference.
RULES: Final[dict[str, NameRule]] = {
    "aws:s3/bucket:Bucket": _BUCKET,
    "aws:s3/bucketV2:BucketV2": _BUCKET,
    "aws:iam/role:Role": NameRule(longest=64),
    "aws:iam/policy:Policy": NameRule(longest=128),
    "aws:iam/rolePolicy:RolePolicy": NameRule(longest=128),
    "aws:iam/instanceProfile:InstanceProfile": NameRule(longest=128),
    "aws:kms/alias:Alias": NameRule(longest=256, prefix="alias/"),
    "aws:eks/nodeGroup:NodeGroup": NameRule("nodeGroupName", longest=63, prefix_property="nodeGroupNamePrefix"),
    "aws:eks/cluster:Cluster": NameRule(longest=100),
    "aws:elasticache/replicationGroup:ReplicationGroup": NameRule("replicationGroupId", longest=40, lower=True),
    "aws:elasticache/subnetGroup:SubnetGroup": NameRule(lower=True),
    "aws:elasticache/parameterGroup:ParameterGroup": NameRule(lower=True),
    "aws:rds/instance:Instance": NameRule("identifier", longest=63, lower=True, prefix_property="identifierPrefix"),
    "aws:rds/parameterGroup:ParameterGroup": NameRule(lower=True),
    "aws:rds/subnetGroup:SubnetGroup": NameRule(lower=True),
    "aws:ecr/repository:Repository": NameRule(longest=256, lower=True),
    "aws:sqs/queue:Queue": NameRule(longest=80),
    "aws:lambda/function:Function": NameRule(longest=64),
    "aws:scheduler/schedule:Schedule": NameRule(longest=64),
    "aws:sfn/stateMachine:StateMachine": NameRule(longest=80),
    "aws:cloudwatch/eventRule:EventRule": NameRule(longest=64),
    "aws:cloudwatch/logGroup:LogGroup": NameRule(longest=512),
}
_SERVICE_LIMITS: Final = {"sagemaker": 63, "cloudtrail": 128, "athena": 128, "budgets": 100}
_HEX_DIGITS: Final = 7


def rule_of(token: str) -> NameRule:
    """The rule that names a type."""
    if token in RULES:
        return RULES[token]
    service = token.split(":")[1].split("/", maxsplit=1)[0]
    return NameRule(longest=_SERVICE_LIMITS[service]) if service in _SERVICE_LIMITS else _DEFAULT


def invent(rule: NameRule, logical: str, seed: bytes) -> str:
    """A name for a resource: the same in the preview and in the update that follows, by the engine's seed.

    Args:
        rule: the type's rule.
        logical: the resource's name in the program.
        seed: the engine's random seed for this resource; empty where it sent none.
    """
    if seed:
        digits = hashlib.sha256(seed + logical.encode()).hexdigest()[:_HEX_DIGITS]
    else:
        digits = secrets.token_hex(_HEX_DIGITS)[:_HEX_DIGITS]
    room = rule.longest - len(rule.prefix) - _HEX_DIGITS - 1
    return fit(rule, f"{rule.prefix}{logical[:room]}-{digits}")


def fit(rule: NameRule, name: str) -> str:
    """A proposed name in the letters that the cloud takes."""
    return name.lower() if rule.lower else name
