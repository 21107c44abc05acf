"""No program, state or person holds a database's password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import RDS_DATABASES, RDS_INSTANCE
from trimtab.rules.values import NotYetKnown, Opaque

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


_PASSWORDS = ("password", "masterPassword")


def check(database: Resource, _: RuleConfig) -> Messages:
    for name in _PASSWORDS:
        value = database.props.raw.get(name)
        if isinstance(value, str) and value:
            yield f"{name} is written in plain text"
        elif value is Opaque.UNKNOWN:
            raise NotYetKnown(f"`{name}`")


RULE = ResourceRule(
    id="database-password-managed",
    title="Passwords of RDS databases are not in plain text",
    pack="security",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=RDS_DATABASES,
    why="A password in a program is in its repository, its state and every preview's log.",
    remedy="Let AWS make, keep and rotate it:",
    code='aws.rds.Instance("mlflow", manage_master_user_password=True, instance_class="db.t4g.medium")',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(resource(RDS_INSTANCE, "mlflow", password="hunter2")),  # noqa: S106  # the mistake that is shown
    passes=example(resource(RDS_INSTANCE, "mlflow", manageMasterUserPassword=True)),
)
