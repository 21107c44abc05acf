"""A database outlives its zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.production import ProductionConfig, is_production
from trimtab.rules.tokens import CACHE_GROUP, RDS_INSTANCE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(database: Resource, config: ProductionConfig) -> Messages:
    props = database.props
    if not is_production(database, config) or props.has("replicateSourceDb"):
        return
    flag = "automaticFailoverEnabled" if database.type == CACHE_GROUP else "multiAz"
    if not props.flag(flag):
        yield f"has no standby in another zone ({flag} is off)"


RULE = ResourceRule(
    id="database-two-zones",
    title="Production databases and caches have a standby in another zone",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(RDS_INSTANCE, CACHE_GROUP),
    why="Without its tracking database no model is registered, and without its cache no feature is served.",
    remedy="Keep a standby:",
    code='aws.rds.Instance("mlflow", multi_az=True, instance_class="db.t4g.medium")',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.SECURITY_HUB: ("RDS.5", "ElastiCache.3"),
        Framework.SOC_2: ("A1.2",),
    },
    config=ProductionConfig,
    check=check,
    fails=example(resource(RDS_INSTANCE, "mlflow", multiAz=False)),
    passes=example(resource(RDS_INSTANCE, "mlflow", multiAz=True)),
)
