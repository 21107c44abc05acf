"""Tables are encrypted with a key of the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import DYNAMODB_TABLE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(table: Resource, _: RuleConfig) -> Messages:
    encryption = table.props.block("serverSideEncryption")
    if not (encryption.flag("enabled") and encryption.has("kmsKeyArn")):
        yield "is not encrypted with a customer managed key"


RULE = ResourceRule(
    id="table-encrypted-with-cmk",
    title="DynamoDB tables encrypt with a customer managed key",
    pack="security",
    severity=Severity.LOW,
    types=(DYNAMODB_TABLE,),
    why="An online feature store holds what is known about each customer.",
    remedy="Name a key:",
    code='server_side_encryption={"enabled": True, "kms_key_arn": key.arn}',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("CC6.1", "C1.1")},
    check=check,
    fails=example(resource(DYNAMODB_TABLE, "features", hashKey="id")),
    passes=example(
        resource(DYNAMODB_TABLE, "features", hashKey="id", serverSideEncryption={"enabled": True, "kmsKeyArn": "k"})
    ),
)
