"""Nobody deletes a production database by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.production import ProductionConfig, is_production
from trimtab.rules.tokens import RDS_DATABASES, RDS_INSTANCE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(database: Resource, config: ProductionConfig) -> Messages:
    if is_production(database, config) and not database.props.flag("deletionProtection"):
        yield "may be deleted with one command"


RULE = ResourceRule(
    id="database-deletion-protection",
    title="Production RDS databases are protected from deletion",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=RDS_DATABASES,
    why="A renamed resource, a wrong stack or a tired hand is enough to lose the registry.",
    remedy="Turn it on:",
    code='aws.rds.Instance("mlflow", deletion_protection=True, instance_class="db.t4g.medium")',
    frameworks={Framework.SECURITY_HUB: ("RDS.8",), Framework.SOC_2: ("A1.2",)},
    config=ProductionConfig,
    check=check,
    fails=example(resource(RDS_INSTANCE, "mlflow", deletionProtection=False)),
    passes=example(resource(RDS_INSTANCE, "mlflow", deletionProtection=True)),
)
