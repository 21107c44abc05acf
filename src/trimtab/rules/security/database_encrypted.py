"""Databases are encrypted with a key of the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import RDS_DATABASES, RDS_INSTANCE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(database: Resource, _: RuleConfig) -> Messages:
    props = database.props
    # A member of a cluster and a replica take it from the cluster and the source.
    if props.has("clusterIdentifier") or props.has("replicateSourceDb"):
        return
    if not props.flag("storageEncrypted"):
        yield "is not encrypted at rest"
    elif not props.has("kmsKeyId"):
        yield "is encrypted with AWS's key, not with a customer managed one"


RULE = ResourceRule(
    id="database-encrypted",
    title="RDS databases are encrypted with a customer managed key",
    pack="security",
    severity=Severity.HIGH,
    types=RDS_DATABASES,
    why="The tracking server's database names every model, every run and who made them.",
    remedy="Encrypt it with a key of your own:",
    code='aws.rds.Instance("mlflow", storage_encrypted=True, kms_key_id=key.arn, instance_class="db.t4g.medium")',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.SECURITY_HUB: ("RDS.3",),
        Framework.SOC_2: ("CC6.1",),
    },
    check=check,
    fails=example(resource(RDS_INSTANCE, "mlflow", storageEncrypted=True)),
    passes=example(resource(RDS_INSTANCE, "mlflow", storageEncrypted=True, kmsKeyId="k")),
)
