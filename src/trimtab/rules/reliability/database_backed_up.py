"""A database that is lost comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import RDS_DATABASES, RDS_INSTANCE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class BackupConfig(RuleConfig):
    """How far back a database can be restored."""

    days: int = Field(7, ge=1, description="Fewest days of backups.")


def check(database: Resource, config: BackupConfig) -> Messages:
    if database.props.has("replicateSourceDb"):
        return
    # AWS keeps one day where a program says nothing.
    days = database.props.number("backupRetentionPeriod", 1)
    if days < config.days:
        yield f"keeps backups {days:g} days, not {config.days}"


RULE = ResourceRule(
    id="database-backed-up",
    title="RDS databases keep a week of backups",
    pack="reliability",
    severity=Severity.HIGH,
    types=RDS_DATABASES,
    why="The registry's database is the only place that says which model is which; buckets alone do not bring it back.",
    remedy="Keep backups:",
    code='aws.rds.Instance("mlflow", backup_retention_period=14, instance_class="db.t4g.medium")',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.SECURITY_HUB: ("RDS.11",),
        Framework.SOC_2: ("A1.2",),
    },
    config=BackupConfig,
    check=check,
    fails=example(resource(RDS_INSTANCE, "mlflow", backupRetentionPeriod=0)),
    passes=example(resource(RDS_INSTANCE, "mlflow", backupRetentionPeriod=14)),
)
