"""Features in memory are encrypted, on disk and on the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import CACHE_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(cache: Resource, _: RuleConfig) -> Messages:
    props = cache.props
    if not props.flag("atRestEncryptionEnabled"):
        yield "is not encrypted at rest"
    if not props.flag("transitEncryptionEnabled"):
        yield "takes connections in plain text"
    elif not props.has("authToken") and not props.has("userGroupIds"):
        yield "asks nobody for a password or a user"


RULE = ResourceRule(
    id="cache-encrypted",
    title="ElastiCache groups are encrypted and ask who connects",
    pack="security",
    severity=Severity.HIGH,
    types=(CACHE_GROUP,),
    why="An online feature store answers whoever connects with the features of any customer.",
    remedy="Encrypt both ways and name a user group:",
    code=(
        'aws.elasticache.ReplicationGroup("online", description="features", at_rest_encryption_enabled=True, '
        "transit_encryption_enabled=True, user_group_ids=[users.id])"
    ),
    frameworks={
        Framework.EU_AI_ACT: ("10", "15"),
        Framework.SECURITY_HUB: ("ElastiCache.4", "ElastiCache.5", "ElastiCache.6"),
        Framework.SOC_2: ("CC6.1", "CC6.7"),
    },
    check=check,
    fails=example(resource(CACHE_GROUP, "online", atRestEncryptionEnabled=True)),
    passes=example(
        resource(
            CACHE_GROUP, "online", atRestEncryptionEnabled=True, transitEncryptionEnabled=True, userGroupIds=["users"]
        )
    ),
)
