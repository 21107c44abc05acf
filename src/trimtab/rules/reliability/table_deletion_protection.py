"""A production table is not deleted by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.production import ProductionConfig, is_production
from trimtab.rules.tokens import DYNAMODB_TABLE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(table: Resource, config: ProductionConfig) -> Messages:
    if is_production(table, config) and not table.props.flag("deletionProtectionEnabled"):
        yield "may be deleted"


RULE = ResourceRule(
    id="table-deletion-protection",
    title="DynamoDB tables are protected from deletion",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(DYNAMODB_TABLE,),
    why="A renamed resource is a deleted one; protection makes that a message instead of a loss.",
    remedy="Turn it on:",
    code=(
        'aws.dynamodb.Table("features", deletion_protection_enabled=True, hash_key="id", '
        'billing_mode="PAY_PER_REQUEST")'
    ),
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SECURITY_HUB: ("DynamoDB.6",), Framework.SOC_2: ("A1.2",)},
    config=ProductionConfig,
    check=check,
    fails=example(resource(DYNAMODB_TABLE, "features", hashKey="id", tags={"Environment": "prod"})),
    passes=example(resource(DYNAMODB_TABLE, "features", hashKey="id", tags={"Environment": "dev"})),
)
