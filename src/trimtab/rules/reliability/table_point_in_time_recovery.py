"""A table can be put back to any second."""

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
    if is_production(table, config) and not table.props.block("pointInTimeRecovery").flag("enabled"):
        yield "has no point-in-time recovery"


RULE = ResourceRule(
    id="table-point-in-time-recovery",
    title="DynamoDB tables have point-in-time recovery",
    pack="reliability",
    severity=Severity.HIGH,
    types=(DYNAMODB_TABLE,),
    why="A faulty feature job overwrites a table in minutes; a nightly copy is then a day old.",
    remedy="Turn it on:",
    code=(
        'aws.dynamodb.Table("features", point_in_time_recovery={"enabled": True}, hash_key="id", '
        'billing_mode="PAY_PER_REQUEST")'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.ISO_42001: ("A.4.3",),
        Framework.SECURITY_HUB: ("DynamoDB.2",),
        Framework.SOC_2: ("A1.2",),
    },
    config=ProductionConfig,
    check=check,
    fails=example(resource(DYNAMODB_TABLE, "features", hashKey="id")),
    passes=example(resource(DYNAMODB_TABLE, "features", hashKey="id", pointInTimeRecovery={"enabled": True})),
)
