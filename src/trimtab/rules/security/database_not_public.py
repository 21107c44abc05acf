"""No database has an address on the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import RDS_INSTANCE, RDS_MEMBER

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(database: Resource, _: RuleConfig) -> Messages:
    if database.props.flag("publiclyAccessible"):
        yield "has a public address"


RULE = ResourceRule(
    id="database-not-public",
    title="RDS databases have no public address",
    pack="security",
    severity=Severity.CRITICAL,
    enforcement="mandatory",
    types=(RDS_INSTANCE, RDS_MEMBER),
    why="A public address leaves one security group rule between the internet and every experiment of the company.",
    remedy="Keep it inside the network:",
    code='aws.rds.Instance("mlflow", publicly_accessible=False, instance_class="db.t4g.medium")',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SECURITY_HUB: ("RDS.2",),
        Framework.SOC_2: ("CC6.6",),
    },
    check=check,
    fails=example(resource(RDS_INSTANCE, "mlflow", publiclyAccessible=True)),
    passes=example(resource(RDS_INSTANCE, "mlflow", publiclyAccessible=False)),
)
